//! Certificates are set on one page each, with their fonts, and the same one gives the same bytes.

use documents::{Certificate, CertificateFacts, Press, certificate};
use press::Typst;

fn facts(rows: usize) -> CertificateFacts {
    let said = [
        ("经营者名称", "佛山市禅城区志远小馆（个体工商户）"),
        ("统一社会信用代码", "92440604MA5YIM0J3H"),
        ("法定代表人（负责人）", "何志远"),
        ("经营场所", "广东省佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺"),
        ("主体业态", "餐饮服务经营者"),
        ("经营项目", "热食类食品制售；冷食类食品制售（仅限简单制售）；自制饮品制售"),
    ];
    CertificateFacts {
        landscape: true,
        title: "食品经营许可证".into(),
        subtitle: None,
        number: "JY24406040000014".into(),
        words: None,
        rows: said.iter().cycle().take(rows).map(|(label, text)| ((*label).into(), (*text).into())).collect(),
        validity: "有效期自2026年11月22日至2031年11月21日".into(),
        mark: "1.2.156.3005.2.11100000MB0143028R033.11440604MB2C90012D.20260000001.001.5".into(),
        issuer: "佛山市禅城区市场监督管理局".into(),
        issued_on: "2026-11-22".parse().unwrap(),
        code: "K7MPX4QH92TD3FW0".into(),
        url: "https://zwfw.example.gov.cn/licences/verify?code=K7MPX4QH92TD3FW0".into(),
        note: None,
        void: None,
        watermark: Vec::new(),
    }
}

fn specimens() -> Vec<(&'static str, Certificate)> {
    let words = "依照《中华人民共和国食品安全法》第三十五条，准予从事下列食品经营活动。";
    let void = ("已换发".into(), "本证已于2026年11月23日换发新证，请使用新证。".into());
    let purpose = vec!["仅供办理银行开户使用".into(), "佛山农商银行禅城支行".into(), "2026年12月1日前有效".into()];
    vec![
        ("certificate", certificate(CertificateFacts { words: Some(words.into()), ..facts(6) })),
        ("certificate-short", certificate(facts(2))),
        ("certificate-long", certificate(facts(18))),
        ("certificate-portrait", certificate(CertificateFacts { landscape: false, ..facts(6) })),
        ("certificate-void", certificate(CertificateFacts { void: Some(void), ..facts(6) })),
        ("certificate-copy", certificate(CertificateFacts { watermark: purpose, ..facts(6) })),
    ]
}

#[test]
fn every_certificate_takes_one_page_and_comes_out_the_same_twice() {
    let press = Typst::new(None);
    let kept = std::env::var_os("YIMEN_SPECIMENS").map(std::path::PathBuf::from);
    for (name, one) in specimens() {
        let began = std::time::Instant::now();
        let pdf = press.certificate(&one).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        println!("{name}: {} bytes, {} ms", pdf.len(), began.elapsed().as_millis());
        assert!(pdf.len() > 8_000, "{name}: {} bytes hold no fonts", pdf.len());
        assert_eq!(press.certificate(&one).unwrap(), pdf, "{name}");
        let pages = pdf.windows(11).filter(|part| part == b"/Type /Page" || part == b"/Type/Page\n").count();
        assert!(pages <= 2, "{name}: one page and the tree, not {pages}");
        if let Some(folder) = &kept {
            std::fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
        }
    }
}
