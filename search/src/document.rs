//! What can be found.

/// Something that can be found, with all the ways people say it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Unique among the documents; tells the caller what it is.
    pub key: String,
    /// What it is called; the first way to say it.
    pub name: String,
    /// Other ways to say it, such as 开饭店 for 开一家餐饮店.
    pub sayings: Vec<String>,
    /// Words that belong to it without naming it: questions, papers, results. They only tip the scales.
    pub body: String,
    /// Whom it is for; empty for everybody.
    pub audience: Vec<String>,
    /// Codes of the places where it can be handed in; None for everywhere.
    pub places: Option<Vec<String>>,
    /// Keys of the documents that are done as part of this one: who looks for a part may want the whole.
    pub parts: Vec<String>,
    /// How much sooner than others it comes where both fit alike, 0 to 0.2.
    pub lead: f64,
}
