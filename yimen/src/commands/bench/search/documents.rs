//! Documents and questions made from a seed: the same on every machine.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use search::Document;

const SEED: u64 = 7;
/// Words that occur nowhere else, and words in a body.
const WORDS: usize = 6_000;
const BODY_WORDS: usize = 360;

/// What is applied for, what is done with it, and for which trade: together a name that no other document has.
const THINGS: &str = "居住证 身份证 户口簿 营业执照 食品经营许可 卫生许可证 社会保险 医疗保险 养老保险 失业登记 公积金 不动产 抵押权 婚姻登记 生育津贴 残疾人证 最低生活保障 临时救助 老年人优待证 护照 驾驶证 行驶证 施工许可 规划许可 环评 消防验收 排污许可 取水许可 采矿许可 烟草零售许可 出版物经营许可 道路运输证 医师执业证 教师资格证 民办学校 社会团体";
const DEEDS: &str = "申领 登记 核准 变更 补领 换领 新办 延续 注销 备案 年审 转移 查询 撤销 打印 预约";
const TRADES: &str = "理发店 餐饮店 药店 旅馆 网吧 游泳馆 幼儿园 养老院 农家乐 便利店 书店 健身房 诊所 洗车场 停车场 加油站 印刷厂 陶瓷厂 纺织厂 家具厂 五金店 水果店 菜市场 超市 影剧院 美容店 宠物店 快递点 仓库 工地 渔船 果园 鱼塘 养殖场 屠宰场 茶楼 酒吧 茶餐厅 洗衣店 照相馆";
const LETTERS: &str = "的一是在有和人这中大为上国地以要时来用生到作出就分对成会可主发年动同工能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";

/// What somebody asks.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub asked: String,
    /// The words in it, for engines that must be given words.
    pub words: Vec<String>,
    /// Key of the document that is meant.
    pub wanted: String,
}

/// So many documents; with the parts of their names behind them in the sayings.
pub(super) fn made(count: usize) -> Vec<Document> {
    let mut random = StdRng::seed_from_u64(SEED);
    let words = words(&mut random);
    (0..count).map(|number| document(number, &words, &mut random)).collect()
}

fn document(number: usize, words: &[String], random: &mut StdRng) -> Document {
    let (thing, deed, trade) = parts(number);
    let round = number / (parts_of(THINGS) * parts_of(DEEDS) * parts_of(TRADES));
    let body: Vec<&str> = (0..BODY_WORDS).map(|_| drawn(words, random)).collect();
    Document {
        key: format!("made/{number}"),
        name: if round == 0 {
            format!("{thing}{deed}（{trade}）")
        } else {
            format!("{thing}{deed}（{trade}，{round}）")
        },
        sayings: vec![format!("{trade}{deed}{thing}")],
        body: body.chunks(6).map(|some| some.concat()).collect::<Vec<_>>().join("，"),
        ..Document::default()
    }
}

fn parts(number: usize) -> (&'static str, &'static str, &'static str) {
    let (things, deeds, trades) = (parts_of(THINGS), parts_of(DEEDS), parts_of(TRADES));
    let part = |of: &'static str, place: usize| of.split(' ').nth(place).unwrap_or_default();
    (
        part(THINGS, number % things),
        part(DEEDS, number / things % deeds),
        part(TRADES, number / things / deeds % trades),
    )
}

fn parts_of(list: &str) -> usize {
    list.split(' ').count()
}

/// Rare words of two or three characters, after the words of affairs.
fn words(random: &mut StdRng) -> Vec<String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    let affairs = THINGS.split(' ').chain(DEEDS.split(' ')).map(str::to_owned);
    let mut words: Vec<String> = affairs.collect();
    for number in 0..WORDS {
        let length = if number % 4 == 0 { 3 } else { 2 };
        words.push((0..length).filter_map(|_| letters.choose(random)).collect());
    }
    words
}

/// A word, the first ones often and the last ones seldom.
fn drawn<'w>(words: &'w [String], random: &mut impl Rng) -> &'w str {
    // The place of a word whose frequency falls with its place, from the sum of the frequencies.
    let reach = ((words.len() + 8) as f64 / 8.0).ln();
    let place = 8.0 * (random.random::<f64>() * reach).exp() - 8.0;
    &words[(place as usize).min(words.len() - 1)]
}

/// Questions about documents drawn at random, said in four ways.
pub(super) fn questions(documents: &[Document], count: usize) -> Vec<Question> {
    let mut random = StdRng::seed_from_u64(SEED + 1);
    let one = |turn: usize| {
        let number = random.random_range(0..documents.len());
        let (thing, deed, trade) = parts(number);
        let asked = match turn % 4 {
            0 => format!("{trade}{thing}{deed}"),
            1 => format!("请问{trade}的{thing}要怎么{deed}"),
            2 => format!("我家开了一间{trade}，现在想办{thing}{deed}，要带什么材料去哪里办"),
            _ => format!("{thing}{deed} {trade}"),
        };
        Question { asked, words: [thing, deed, trade].map(str::to_owned).into(), wanted: documents[number].key.clone() }
    };
    (0..count).map(one).collect()
}
