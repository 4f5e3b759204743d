//! A connector that speaks with a database: a table we insert into once, a view we read in the order of its numbers.

use std::path::Path;

use casework::Status;
use chrono::TimeDelta;
use platform::config::ConnectorConfig;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::house::{House, SIGNBOARD, Wish, each_house};

const TEXT: &[(&str, &str)] = &[(
    "way: http\nline: authority",
    "way: database\ntables: {inbox: sign_inbox, key: request_key, reports: sign_results, cursor: seq}",
)];

/// Where theirs lies: a file of their own beside ours on SQLite, the same server on PostgreSQL.
fn address(own: &str, folder: &Path) -> String {
    if own.starts_with("sqlite:") {
        format!("sqlite:{}?mode=rwc", folder.join("theirs.db").display())
    } else {
        own.into()
    }
}

fn connect(config: &mut platform::Config, url: &str, folder: &Path) {
    let own = ConnectorConfig { database_url: Some(address(url, folder)), ..ConnectorConfig::default() };
    config.connectors.insert(SIGNBOARD.into(), own);
}

struct Theirs(DatabaseConnection);

impl Theirs {
    /// Their tables, as somebody there would make them.
    async fn open(house: &House) -> Self {
        let url = address(&house.world.config.database_url, house.folder.path());
        let theirs = Self(Database::connect(url).await.unwrap());
        for statement in [
            "CREATE TABLE sign_inbox (request_key VARCHAR(36) PRIMARY KEY, case_no TEXT NOT NULL, action TEXT, matter TEXT, \
             applicant TEXT, phone TEXT, shop TEXT, credit_code TEXT, address TEXT, board_text TEXT, board_size TEXT, \
             board_count TEXT, light TEXT, accepted_on TEXT, due_on TEXT, source TEXT)",
            "CREATE TABLE sign_book (seq BIGINT PRIMARY KEY, case_no TEXT, state INTEGER, opinion TEXT, done_on TEXT)",
            "CREATE VIEW sign_results AS SELECT seq, 'S' || seq AS event_no, case_no, state, opinion, done_on, \
             '0012' AS officer_no, '李秉文' AS officer, '0007' AS handler_no, '何少芬' AS handler, NULL AS receipt_no \
             FROM sign_book",
        ] {
            theirs.0.execute_unprepared(statement).await.unwrap();
        }
        theirs
    }

    async fn say(&self, seq: i64, number: &str, state: i64, opinion: &str) {
        let row = format!("INSERT INTO sign_book VALUES ({seq}, '{number}', {state}, '{opinion}', '20260302')");
        self.0.execute_unprepared(&row).await.unwrap();
    }

    async fn inbox(&self) -> Vec<(String, Option<String>)> {
        let asked = sea_orm::Statement::from_string(
            self.0.get_database_backend(),
            "SELECT case_no, board_count FROM sign_inbox ORDER BY request_key",
        );
        let rows = self.0.query_all_raw(asked).await.unwrap();
        rows.iter().map(|row| (row.try_get("", "case_no").unwrap(), row.try_get("", "board_count").unwrap())).collect()
    }
}

async fn each_database(body: impl AsyncFn(&House, &Theirs)) {
    each_house(Wish { text: TEXT, config: Some(&connect) }, async |house| {
        let theirs = Theirs::open(house).await;
        body(house, &theirs).await;
        theirs.0.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_case_goes_into_their_table_once_and_comes_back_through_their_view() {
    each_database(async |house, theirs| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        assert_eq!(theirs.inbox().await, [(number.clone(), Some("2".into()))]);
        theirs.say(7, &number, 10, "").await;
        theirs.say(9, &number, 30, "").await;
        house.read().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::Granted, vec![]));
        // A number that was drawn early and committed late is not passed over.
        theirs.say(8, &number, 31, "迟到的一行").await;
        house.clock.advance(TimeDelta::seconds(15));
        house.settle().await;
        assert_eq!(house.conflicts().await, ["casework.already-granted"]);
        house.read().await;
        assert_eq!((house.recorded(case, "casework.decided").await, house.conflicts().await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_arrived_without_our_knowing_is_sent_again_and_is_there_once() {
    each_database(async |house, theirs| {
        let (_, number) = house.accepted().await;
        house.settle().await;
        // As if we had died between their commit and ours.
        house
            .world
            .db
            .write(None, async |tx| {
                let forget = "UPDATE connect_parcel SET taken_at = NULL, tries = 12, given_up_at = at";
                tx.conn().execute_unprepared(forget).await?;
                Ok(())
            })
            .await
            .unwrap();
        let dead = house.connector().await.dead.remove(0);
        connect_service::acts::send_again(&house.admin(), None, dead.id).await.unwrap();
        house.settle().await;
        assert_eq!(
            (theirs.inbox().await, house.connector().await.line.given_up),
            (vec![(number, Some("2".into()))], 0)
        );
    })
    .await;
}

#[tokio::test]
async fn more_than_one_page_is_read_to_its_end() {
    each_database(async |house, theirs| {
        for seq in 1..=450 {
            theirs.say(seq, "44060400000000000000", 10, "").await;
        }
        house.read().await;
        let view = house.connector().await;
        assert_eq!((view.line.conflicts, view.line.failed), (450, None), "each names a case nobody has");
    })
    .await;
}

#[tokio::test]
async fn tables_that_are_not_there_are_trouble_of_theirs() {
    each_house(Wish { text: TEXT, config: Some(&connect) }, async |house| {
        let (case, _) = house.accepted().await;
        house.settle().await;
        house.read().await;
        let line = house.connector().await.line;
        assert_eq!((line.waiting, line.failed.as_deref()), (1, Some("refused")));
        assert_eq!(house.status(case).await, Status::InReview);
    })
    .await;
}
