//! Numbers of applications, cases and documents. Serials come from counters without gaps.

use std::sync::Arc;

use catalog::model::{Authority, Item};
use chrono::{Datelike, NaiveDate};
use kernel::codes::iso7064;
use platform::{Fault, Tx};

/// The numbers of a new application and its cases, in their order.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// What an applicant quotes on the telephone (申办编号): area 6, day 6, serial 6, check digit of MOD 11,10.
    pub(crate) application: String,
    /// 办件编号: implementation code 31, day 8, serial 4, the form in use in Guangdong.
    pub(crate) cases: Vec<String>,
}

/// Numbers an application in this region and a case for each item, in one round trip.
pub(crate) async fn numbers(tx: &Tx, region: &str, items: &[Arc<Item>]) -> Result<Numbers, Fault> {
    let (area, today) = (area_of(region), tx.today());
    let day = today.format("%Y%m%d");
    let case = |item: &Arc<Item>| format!("casework/case/{}/{day}", item.implementation_code());
    let mut counters = vec![format!("casework/application/{area}/{}", today.format("%y%m%d"))];
    counters.extend(items.iter().map(case));
    let serials = tx.numbers(&counters.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let application = serials.first().and_then(|serial| application_number_of(&area, today, *serial));
    let application = application.ok_or_else(|| Fault::internal(format_args!("area {area} is no code")))?;
    let number = |(item, serial): (&Arc<Item>, &u64)| format!("{}{day}{serial:04}", item.implementation_code());
    Ok(Numbers { application, cases: items.iter().zip(&serials[1..]).map(number).collect() })
}

fn application_number_of(area: &str, day: NaiveDate, serial: u64) -> Option<String> {
    let digits = format!("{area}{}{serial:06}", day.format("%y%m%d"));
    let check = iso7064::mod_11_10(&digits)?;
    Some(format!("{digits}{check}"))
}

/// The six digits of the county a place lies in; a wider place is filled with zeros as its own code is.
fn area_of(region: &str) -> String {
    format!("{:0<6}", region.chars().take(6).collect::<String>())
}

/// The number of a document that is no licence (文号): 禅城管〔2026〕7号.
pub(crate) async fn document_number(tx: &Tx, authority: &Authority) -> Result<String, Fault> {
    let year = tx.today().year();
    let serial = tx.number(&format!("casework/document/{}/{year}", authority.id)).await?;
    Ok(format!("{}〔{year}〕{serial}号", authority.number_mark()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_where_and_when_and_catches_a_slip_of_the_pen() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let number = application_number_of("440604", day, 17).unwrap();
        assert_eq!(&number[..18], "440604261122000017");
        assert_eq!(number.len(), 19);
        assert_eq!(iso7064::mod_11_10(&number[..18]), number.chars().last());
        assert_ne!(iso7064::mod_11_10("440604261122000071"), number.chars().last());
        assert_eq!((area_of("440604012013").as_str(), area_of("4406").as_str()), ("440604", "440600"));
    }
}
