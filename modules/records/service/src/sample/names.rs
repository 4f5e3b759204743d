//! Names as common in Foshan as the syllables they are made of.

use kernel::codes::Sex;
use rand::RngExt;

use super::maker::Maker;

const SURNAMES: [&str; 40] = [
    "陈", "李", "黄", "梁", "何", "张", "林", "吴", "刘", "罗", "周", "杨", "谭", "冯", "麦", "邓", "区", "霍", "关",
    "潘", "简", "冼", "招", "庞", "叶", "曾", "蔡", "苏", "卢", "郑", "谢", "彭", "莫", "黎", "朱", "徐", "钟", "邱",
    "曹", "岑",
];
const FIRST_MALE: [&str; 20] = [
    "志", "伟", "家", "国", "俊", "建", "文", "永", "子", "浩", "嘉", "启", "绍", "锦", "泽", "景", "展", "耀", "健",
    "润",
];
const SECOND_MALE: [&str; 20] = [
    "明", "强", "辉", "豪", "杰", "华", "峰", "轩", "斌", "洪", "宁", "恒", "贤", "铭", "源", "荣", "涛", "航", "彬",
    "权",
];
const FIRST_FEMALE: [&str; 20] = [
    "嘉", "婉", "慧", "丽", "秀", "雪", "敏", "晓", "淑", "佩", "诗", "咏", "凤", "玉", "美", "静", "心", "绮", "梓",
    "若",
];
const SECOND_FEMALE: [&str; 20] = [
    "怡", "仪", "珍", "芬", "莹", "敏", "兰", "琪", "彤", "贞", "玲", "婷", "娟", "欣", "雯", "霞", "晴", "妍", "燕",
    "瑶",
];

impl Maker<'_> {
    pub(super) fn surname(&mut self) -> &'static str {
        self.pick(&SURNAMES)
    }

    /// A given name; one in six has a single character.
    pub(super) fn given(&mut self, sex: Sex) -> String {
        let (first, second) = match sex {
            Sex::Male => (&FIRST_MALE, &SECOND_MALE),
            Sex::Female => (&FIRST_FEMALE, &SECOND_FEMALE),
        };
        let second = self.pick(second);
        if self.rng.random_ratio(1, 6) { second.to_owned() } else { format!("{}{second}", self.pick(first)) }
    }
}
