//! `yimen verify`: a whole journal is whole, and whoever touches a row is found and the row named.

use platform::Clock;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use crate::binary::{Ran, yimen};
use crate::district;
use crate::life::District;

/// The chain with the most rows, which is the application's.
const CHAIN: &str = "(SELECT chain FROM platform_journal GROUP BY chain ORDER BY count(*) DESC, chain LIMIT 1)";

/// What is done to the rows, and what `verify` must say of it.
struct Touch {
    what: &'static str,
    sql: &'static [&'static str],
    said: &'static [&'static str],
}

const TOUCHES: [Touch; 4] = [
    Touch {
        what: "a fact is changed",
        sql: &["UPDATE platform_journal SET payload = '{}' WHERE seq = 2 AND chain = @"],
        said: &["row 2: changed"],
    },
    Touch {
        what: "an officer is swapped",
        sql: &["UPDATE platform_journal SET actor = 'somebody' WHERE seq = 3 AND chain = @"],
        said: &["row 3: changed"],
    },
    Touch {
        what: "a row is removed",
        sql: &["DELETE FROM platform_journal WHERE seq = 2 AND chain = @"],
        said: &["row 2: removed"],
    },
    Touch {
        what: "two rows change places",
        sql: &[
            "UPDATE platform_journal SET seq = 1002 WHERE seq = 2 AND chain = @",
            "UPDATE platform_journal SET seq = 2 WHERE seq = 3 AND chain = @",
            "UPDATE platform_journal SET seq = 3 WHERE seq = 1002 AND chain = @",
        ],
        said: &["row 2: reordered, recorded at 3", "row 3: reordered, recorded at 2"],
    },
];

fn verify(url: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    yimen(["verify"]).data(folder.path()).database(url).run()
}

async fn execute(url: &str, sql: &str) {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("a connection");
    let done = db.execute_unprepared(&sql.replace('@', CHAIN)).await.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    assert_eq!(done.rows_affected(), 1, "{sql} touches one row");
    db.close().await.expect("the connection closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_journal_is_whole_and_a_touched_row_is_named() {
    for touch in TOUCHES {
        district::each_engine(async |url| {
            let district = District::open(&url, Clock::System).await;
            let opened =
                district.submit("shop-owner", &["sign-filing", "drainage-permit"], &["business-licence"]).await;
            district.accept(opened.application).await;
            district.world.db.close().await;

            let ran = verify(&url).ends_with(0);
            assert!(ran.out.contains(" 0 findings"), "{}", ran.out);
            for sql in touch.sql {
                execute(&url, sql).await;
            }
            let ran = verify(&url).ends_with(1);
            for said in touch.said {
                let line = format!("{} {said}", opened.application);
                assert!(ran.out.contains(&line), "{}: `{line}` should be in\n{}", touch.what, ran.out);
            }
            let folder = tempfile::tempdir().expect("a folder");
            let json = yimen(["verify", "--json"]).data(folder.path()).database(&url).run().ends_with(1).json();
            let findings = json["findings"].as_array().expect("a list of findings");
            assert_eq!(findings.len(), touch.said.len(), "{}: {json:#}", touch.what);
            assert!(findings.iter().all(|one| one["chain"] == opened.application.to_string()), "{json:#}");
        })
        .await;
    }
}

#[test]
fn a_database_that_is_not_there_is_not_a_whole_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = yimen(["verify"]).data(folder.path()).run().ends_with(3);
    assert!(ran.err.contains("yimen.db"), "the file is named: {}", ran.err);
    assert!(!folder.path().join("yimen.db").exists(), "verifying makes no database");
}
