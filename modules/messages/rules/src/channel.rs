//! The ways to a person.

use kernel::coded;

coded! {
    /// A way to a person (通知渠道).
    Channel in "messages.channel" {
        /// 消息中心 of the portal; always open.
        Portal = "portal",
        /// 短信
        Sms = "sms",
        /// 微信公众号模板消息
        Wechat = "wechat",
        /// 电子邮件
        Mail = "mail",
    }
}

impl Channel {
    /// The ways a person may open and close.
    pub const CHOSEN: [Channel; 3] = [Channel::Sms, Channel::Wechat, Channel::Mail];

    /// Whether it wakes people: it keeps the hours of rest.
    pub const fn wakes(self) -> bool {
        matches!(self, Self::Sms | Self::Wechat)
    }
}
