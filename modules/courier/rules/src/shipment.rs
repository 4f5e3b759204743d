//! A parcel (邮件): facts with their times. Where it is follows from the scans, in the order in which they happened and not
//! in which they were heard.

use catalog::words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::incoming::Incoming;

words! {
    /// Which way it goes.
    Direction {
        Out = "out" "送件",
        In = "in" "收件",
    }
}

words! {
    /// Who pays the courier.
    Payer {
        Government = "government" "政府付费",
        Receiver = "receiver" "到付",
        Sender = "sender" "寄件人付",
    }
}

words! {
    /// What the courier did.
    ScanKind {
        Collected = "collected" "已揽收",
        Moving = "moving" "运输中",
        OutForDelivery = "out-for-delivery" "派送中",
        Signed = "signed" "已签收",
        Returned = "returned" "已退回",
        Lost = "lost" "丢失",
    }
}

words! {
    /// Where it is.
    State {
        Ordered = "ordered" "待揽收",
        Collected = "collected" "已揽收",
        Moving = "moving" "运输中",
        OutForDelivery = "out-for-delivery" "派送中",
        Signed = "signed" "已签收",
        Returned = "returned" "已退回",
        Lost = "lost" "丢失",
    }
}

/// One scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The courier's own number of it; the same number is the same scan.
    pub id: String,
    pub kind: ScanKind,
    pub at: DateTime<Utc>,
    /// As the courier names it.
    pub place: String,
    /// Who signed.
    #[serde(default)]
    pub signer: Option<String>,
}

/// One parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Ours (寄递单号).
    pub number: String,
    /// The courier's (物流单号), once it has taken the order.
    #[serde(default)]
    pub tracking: Option<String>,
    #[serde(default)]
    pub scans: Vec<Scan>,
    /// The parcel that was sent in its place.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// What makes it one to the hall.
    #[serde(default)]
    pub incoming: Option<Incoming>,
}

impl Shipment {
    /// A new one.
    pub fn new(number: impl Into<String>) -> Self {
        Self { number: number.into(), tracking: None, scans: Vec::new(), replaced_by: None, incoming: None }
    }

    /// The scan that ends it: the first signature, else that it came back or was lost.
    fn end(&self) -> Option<&Scan> {
        let signed = self.scans.iter().filter(|scan| scan.kind == ScanKind::Signed).min_by_key(|scan| scan.at);
        let ends = |scan: &&Scan| matches!(scan.kind, ScanKind::Returned | ScanKind::Lost);
        signed.or_else(|| self.scans.iter().filter(ends).max_by_key(|scan| scan.at))
    }

    /// Where it is.
    pub fn state(&self) -> State {
        let last = self.end().or_else(|| self.scans.iter().max_by_key(|scan| scan.at));
        match last.map(|scan| scan.kind) {
            None => State::Ordered,
            Some(ScanKind::Collected) => State::Collected,
            Some(ScanKind::Moving) => State::Moving,
            Some(ScanKind::OutForDelivery) => State::OutForDelivery,
            Some(ScanKind::Signed) => State::Signed,
            Some(ScanKind::Returned) => State::Returned,
            Some(ScanKind::Lost) => State::Lost,
        }
    }

    /// The signature, when there is one: who and when.
    pub fn signature(&self) -> Option<(&str, DateTime<Utc>)> {
        let end = self.end().filter(|scan| scan.kind == ScanKind::Signed)?;
        Some((end.signer.as_deref().unwrap_or_default(), end.at))
    }

    /// Whether somebody has to see to it: it came back or was lost, and nothing was sent in its place; of one to the
    /// hall, that it was not opened there either.
    pub fn is_troubled(&self) -> bool {
        let astray = matches!(self.state(), State::Returned | State::Lost);
        match &self.incoming {
            Some(incoming) => incoming.count.is_none() && (astray || incoming.missed.is_some()),
            None => astray && self.replaced_by.is_none(),
        }
    }

    /// Whether more scans are to be expected.
    pub fn is_under_way(&self) -> bool {
        self.end().is_none() && self.incoming.as_ref().is_none_or(Incoming::waits)
    }
}

/// The scans that are new, in the order in which they happened. A signature that names nobody is none.
pub fn take(shipment: &Shipment, scans: &[Scan]) -> Vec<Scan> {
    let mut fresh: Vec<Scan> = Vec::new();
    for scan in scans {
        let known = shipment.scans.iter().chain(&fresh).any(|one| one.id == scan.id);
        let nameless =
            scan.kind == ScanKind::Signed && scan.signer.as_deref().is_none_or(|name| name.trim().is_empty());
        if !known && !nameless {
            fresh.push(scan.clone());
        }
    }
    fresh.sort_by_key(|scan| scan.at);
    fresh
}
