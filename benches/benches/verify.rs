//! The same calls under criterion, for a history of one machine: `cargo bench --bench verify`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hookseal_benches::contestants::{BARE, HOOKSEAL, check};
use hookseal_benches::delivery::{Delivery, Row, SIZES, keep};

fn verify(criterion: &mut Criterion) {
    for row in Row::ALL {
        check(row);
        let mut group = criterion.benchmark_group(row.scheme().name);
        for size in SIZES {
            let delivery = keep(Delivery::genuine(row, size));
            group.throughput(Throughput::Bytes(u64::try_from(size).unwrap_or_default()));
            for (name, set_up) in [BARE, HOOKSEAL] {
                let run = set_up(delivery);
                group.bench_function(BenchmarkId::new(name, size), |bencher| {
                    bencher.iter(|| run(1))
                });
            }
        }
    }
}

criterion_group!(benches, verify);
criterion_main!(benches);
