//! What lists may show.

use kernel::mask::{mask_name, mask_phone};

#[test]
fn names_keep_their_first_character() {
    for (name, shown) in [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳锋", "欧**"),
        ("买买提·艾力", "买**"),
        (" 李四 ", "李*"),
        ("王", "王*"),
        ("", ""),
    ] {
        assert_eq!(mask_name(name), shown, "{name}");
    }
}

#[test]
fn telephone_numbers_keep_their_last_four() {
    for (phone, shown) in [
        ("13812341234", "138****1234"),
        (" 138 1234 1234 ", "138****1234"),
        ("0757-82345678", "0757-****5678"),
        ("82345678", "****5678"),
        ("075782345678", "****5678"),
        ("12345", "*****"),
        ("没有", "**"),
        ("", ""),
    ] {
        assert_eq!(mask_phone(phone), shown, "{phone}");
    }
}
