//! Reading a whole sheet of answers against the questions of a theme.

use crate::fault::{AnswerFault, FaultKind};
use crate::question::Answers;
use crate::theme::Theme;

impl Theme {
    /// Reads a sheet of answers as given by a form or a command line. A question given blank is taken back; a
    /// question given twice collects its values (check boxes).
    ///
    /// # Errors
    /// All faults at once, in the order given. The sound answers beside them are not lost: see [`Theme::read_sound`].
    pub fn read_answers<'a>(
        &self,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Answers, Vec<AnswerFault>> {
        let (answers, faults) = self.read_sound(given);
        if faults.is_empty() { Ok(answers) } else { Err(faults) }
    }

    /// As [`Theme::read_answers`], but gives the sound answers beside the faults of the others.
    pub fn read_sound<'a>(&self, given: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Answers, Vec<AnswerFault>) {
        let mut sheet: Vec<(&str, Vec<&str>)> = Vec::new();
        for (id, text) in given {
            match sheet.iter_mut().find(|(seen, _)| *seen == id) {
                Some((_, texts)) => texts.push(text),
                None => sheet.push((id, vec![text])),
            }
        }
        let (mut answers, mut faults) = (Answers::new(), Vec::new());
        for (id, texts) in sheet {
            match self.question(id).map(|question| question.read(&texts)) {
                Some(Ok(Some(value))) => answers.give(id, value),
                Some(Ok(None)) => {}
                Some(Err(fault)) => faults.push(fault),
                None => faults.push(self.no_such_question(id)),
            }
        }
        (answers, faults)
    }

    /// What is wrong with answers that come from elsewhere, such as a draft of an earlier version of the theme.
    pub fn review(&self, answers: &Answers) -> Vec<AnswerFault> {
        let fault = |(id, value)| match self.question(id) {
            Some(question) => question.check(value).err(),
            None => Some(self.no_such_question(id)),
        };
        answers.iter().filter_map(fault).collect()
    }

    fn no_such_question(&self, id: &str) -> AnswerFault {
        let questions = self.questions.iter().map(|question| question.id.clone()).collect();
        AnswerFault { question: id.to_owned(), text: String::new(), kind: FaultKind::UnknownQuestion { questions } }
    }
}
