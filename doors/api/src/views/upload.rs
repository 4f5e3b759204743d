//! Forms with files (multipart/form-data), as the document describes them.

use std::collections::BTreeMap;

use kernel::value::Value;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// 上传的文件
#[derive(ToSchema)]
pub struct Upload {
    /// PDF、JPEG 或 PNG，10 MB 以内；种类按内容判定
    #[schema(content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// 补正：`answer` 一段为 JSON；新材料各为一段，段名为材料编号，内容为 PDF、JPEG 或 PNG
#[derive(Serialize, ToSchema)]
pub struct CorrectionUpload {
    /// 不是文件的部分；没有就不用这一段
    pub answer: Option<CorrectionAnswer>,
    /// 每份新材料一段，段名为材料编号，内容为 PDF、JPEG 或 PNG
    #[serde(flatten)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub files: BTreeMap<String, Vec<u8>>,
}

/// 补正里不是文件的部分
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CorrectionAnswer {
    /// 数据元代码到新的值
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub fields: BTreeMap<String, Value>,
    /// 窗口当面收到的纸质材料
    pub on_paper: Vec<Uuid>,
}
