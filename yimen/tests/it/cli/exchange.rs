//! `yimen exchange FOLDER`, as a timer meets it.

use platform::{Clock, Vault};
use testkit::day;

use crate::binary::yimen;
use crate::district::{database_of, loaded_folder};
use crate::life::District;

#[tokio::test(flavor = "multi_thread")]
async fn each_batch_becomes_one_file_once() {
    let data = loaded_folder();
    let district = District::open(&database_of(data.path()), Clock::on(day("2026-11-23"))).await;
    // The keys lie where the commands look for them.
    district.world.parts.install(Vault::open_at(&data.path().join("keys"), None, None).expect("a key store"));
    let opened = district.submit("salon-founder", &["hygiene-permit-salon"], &["business-licence"]).await;
    district.accept(opened.application).await;
    connect_service::acts::make_batch(&district.officer("steward1"), None).await.expect("a batch");

    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().display().to_string();
    let told = yimen(["exchange", &folder, "--json"]).data(data.path()).run().ends_with(0).json();
    let batch = told["batches"][0]["batch"].as_str().expect("a batch").to_owned();
    let files: Vec<String> = std::fs::read_dir(out.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, [format!("{batch}.zip")], "one file, and no half of one");

    let again = yimen(["exchange", &folder]).data(data.path()).run().ends_with(0).out;
    assert!(again.contains("没有待取走的批次"), "{again}");
    yimen(["exchange", "/no/such/folder"]).data(data.path()).run().ends_with(2);
}
