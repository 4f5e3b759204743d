//! Orders to pay and parcels.

use chrono::{DateTime, NaiveDate, Utc};
use courier_service::reads::ShipmentView;
use fees_service::reads::OrderView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// 一张缴款单
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeOrder {
    pub id: Uuid,
    /// 缴款码
    pub number: String,
    /// 所属办件
    pub case: Uuid,
    /// 事项名称
    pub item: String,
    /// 收款单位
    pub payee: String,
    /// `issued`、`expired`、`paid`、`refunding`、`refunded`、`cancelled`
    pub state: String,
    /// 金额，分
    pub fen: i64,
    /// 最迟缴费日
    pub due: NaiveDate,
    pub lines: Vec<FeeOrderLine>,
    /// 缴费页面；不用缴的、支付平台还没有答复的没有
    pub pay_url: Option<String>,
    /// 缴费时间
    pub paid_at: Option<DateTime<Utc>>,
}

/// 缴款单的一行
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeOrderLine {
    /// 收费项目
    pub name: String,
    /// 收费依据
    pub basis: String,
    /// 数量
    pub count: i64,
    /// 金额，分，已经减免
    pub fen: i64,
    /// 减免情形
    pub let_off: Option<String>,
}

impl From<OrderView> for FeeOrder {
    fn from(order: OrderView) -> Self {
        let line = |line: &fees::Line| FeeOrderLine {
            name: line.name.clone(),
            basis: line.basis_words(),
            count: line.count,
            fen: line.fen,
            let_off: line.let_off.as_ref().map(|one| one.text.clone()),
        };
        Self {
            id: order.id.uuid(),
            case: order.case.uuid(),
            state: order.state.word().to_owned(),
            fen: order.fen,
            due: order.due,
            lines: order.lines.iter().map(line).collect(),
            pay_url: order.pay_url,
            paid_at: order.paid_at,
            number: order.number,
            item: order.item,
            payee: order.payee,
        }
    }
}

/// 一件邮件
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shipment {
    pub id: Uuid,
    /// 寄递单号
    pub number: String,
    /// 物流单号
    pub tracking: Option<String>,
    /// `out` 送件，`in` 收件
    pub direction: String,
    /// `ordered`、`collected`、`moving`、`out-for-delivery`、`signed`、`returned`、`lost`
    pub state: String,
    /// 内件
    pub contents: Vec<String>,
    /// 物流轨迹，新的在前
    pub scans: Vec<ShipmentScan>,
}

/// 一次扫描
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShipmentScan {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub place: String,
    /// 签收人
    pub signer: Option<String>,
}

impl From<ShipmentView> for Shipment {
    fn from(parcel: ShipmentView) -> Self {
        let scan = |scan: courier::Scan| ShipmentScan {
            kind: scan.kind.word().to_owned(),
            at: scan.at,
            place: scan.place,
            signer: scan.signer,
        };
        Self {
            id: parcel.id.uuid(),
            direction: parcel.direction.word().to_owned(),
            state: parcel.state.word().to_owned(),
            number: parcel.number,
            tracking: parcel.tracking,
            contents: parcel.contents,
            scans: parcel.scans.into_iter().map(scan).collect(),
        }
    }
}
