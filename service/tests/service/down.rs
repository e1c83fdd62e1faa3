//! Stores that go away.

use hookseal_service::{Claim, Claims, Inbox, PostgresClaims, RedisClaims, Store};

use crate::deliveries::event;
use crate::http::serve;
use crate::seen::{Seen, deliver, stripe};
use crate::servers;
use crate::stores::{Place, Redis};

/// A store that cannot be asked: 503, and nothing runs.
#[tokio::test(flavor = "multi_thread")]
async fn stores_that_are_down() {
    let (redis, postgres) = (servers::own_redis(), servers::own_postgres());
    let pool = servers::postgres_in(&postgres.folder, "public").await;
    let postgres_claims = PostgresClaims::new(pool.clone());
    postgres_claims.setup().await.unwrap();
    let inbox = Inbox::postgres(pool);
    inbox.setup().await.unwrap();
    let redis_claims = RedisClaims::new(servers::redis_in(&redis.folder).await);
    works_then_not(redis_claims, || redis.stop()).await;
    let seen = Seen::default();
    let with_inbox = serve(seen.app(stripe().inbox(&inbox), &[])).await;
    assert_eq!(deliver(with_inbox, "evt_1").await.status, 200);
    works_then_not(postgres_claims, || postgres.stop()).await;
    let answer = deliver(with_inbox, "evt_2").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    assert_eq!((seen.runs(), seen.codes()), (0, vec!["store_unavailable"]));
}

async fn works_then_not<S: Store>(claims: Claims<S>, stop: impl FnOnce()) {
    let seen = Seen::default();
    let to = serve(seen.app(stripe().claims(&claims), &[])).await;
    assert_eq!(deliver(to, "evt_1").await.status, 204);
    tokio::task::block_in_place(stop);
    let answer = deliver(to, "evt_2").await;
    assert_eq!((answer.status, answer.body.as_str()), (503, ""));
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!((seen.runs(), seen.codes()), (1, vec!["store_unavailable"]));
}

/// The server has forgotten the scripts, as after it was started anew: they are sent again.
#[tokio::test]
async fn scripts_that_are_gone() {
    let place = Redis::new().await;
    for id in ["evt_1", "evt_2"] {
        let Claim::Run(run) = place.claims().claim(&event(id)).await.unwrap() else {
            panic!("{id} is new");
        };
        let mut connection = place.connection.clone();
        redis::cmd("SCRIPT").arg("FLUSH").exec_async(&mut connection).await.unwrap();
        assert!(run.complete().await.unwrap());
        redis::cmd("SCRIPT").arg("FLUSH").exec_async(&mut connection).await.unwrap();
        assert!(matches!(place.claims().claim(&event(id)).await.unwrap(), Claim::Done));
    }
}
