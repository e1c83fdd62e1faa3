//! Two classes of inputs are timed in random order; if their times differ in distribution, the
//! statistic t grows with the number of samples, `SAMPLES` a class pair. Both classes of a bench
//! have the same verdict, as that is public.

use std::hint::black_box;

use dudect_bencher::rand::RngExt;
use dudect_bencher::{BenchRng, Class, CtRunner, ctbench_main};
use hookseal::{Request, Scheme, UnixTime, Verifier, providers};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const SECRET: &str = "It's a Secret to Everybody";
const BODY: &[u8] = b"Hello, World!";
const RIGHT: &str = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

ctbench_main!(
    control_early_exit,
    hmac_first_or_last_byte,
    hmac_no_or_all_but_one_byte,
    token_first_or_last_byte,
    import_of_fixed_or_random_secret
);

/// Times `work` on inputs of one of two classes, drawn for each sample. Every input is copied to
/// the same place first: another address alone can make another time.
fn classes<T>(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    inputs: [&[String]; 2],
    work: impl Fn(&str) -> T,
) {
    let samples = std::env::var("SAMPLES").map_or(200_000, |it| it.parse().expect("a number"));
    let mut place = inputs[0][0].clone();
    for _ in 0..samples {
        let right = rng.random::<bool>();
        let class = inputs[usize::from(right)];
        let input = &class[rng.random_range(..class.len())];
        assert_eq!(input.len(), place.len());
        place.clear();
        place.push_str(black_box(input));
        let place = black_box(place.as_str());
        runner.run_one(if right { Class::Right } else { Class::Left }, || work(place));
    }
}

/// The control: a compare that ends at the first byte that differs.
fn control_early_exit(runner: &mut CtRunner, rng: &mut BenchRng) {
    classes(runner, rng, [&[wrong_at(&[0])], &[wrong_at(&[63])]], |text| {
        let pairs = black_box(RIGHT).bytes().zip(text.bytes());
        pairs.map(black_box).all(|(a, b)| a == b)
    });
}

fn hmac_first_or_last_byte(runner: &mut CtRunner, rng: &mut BenchRng) {
    github(runner, rng, [wrong_at(&[0]), wrong_at(&[63])]);
}

fn hmac_no_or_all_but_one_byte(runner: &mut CtRunner, rng: &mut BenchRng) {
    let all: Vec<usize> = (0..64).collect();
    github(runner, rng, [wrong_at(&all), wrong_at(&[40])]);
}

fn github(runner: &mut CtRunner, rng: &mut BenchRng, signatures: [String; 2]) {
    let values = signatures.map(|signature| format!("sha256={signature}"));
    verify(runner, rng, &providers::GITHUB, "x-hub-signature-256", values);
}

fn token_first_or_last_byte(runner: &mut CtRunner, rng: &mut BenchRng) {
    let values = [SECRET.replacen('I', "J", 1), SECRET.replace("body", "bodz")];
    verify(runner, rng, &providers::GITLAB_SHARED_TOKEN, "x-gitlab-token", values);
}

fn verify(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    scheme: &'static Scheme<'static>,
    name: &str,
    values: [String; 2],
) {
    let verifier = Verifier::new(scheme, SECRET).expect("a secret");
    classes(runner, rng, values.each_ref().map(std::slice::from_ref), |value| {
        let headers = [(name, value)];
        assert!(verifier.verify(&Request::new(&headers, BODY), NOW).is_err());
    });
}

/// One secret again and again, or each time one of 64 others.
fn import_of_fixed_or_random_secret(runner: &mut CtRunner, rng: &mut BenchRng) {
    let spelled = |key: &[u8; 32]| key.map(|byte| format!("{byte:02x}")).concat();
    let scheme = Scheme { key: hookseal::KeyFormat::Hex, ..providers::GITHUB };
    let fixed: Vec<String> = vec![spelled(&[0x5A; 32]); 64];
    let others: Vec<String> = (0..64).map(|_| spelled(&rng.random())).collect();
    classes(runner, rng, [&fixed, &others], |secret| {
        assert!(Verifier::new(&scheme, secret).is_ok())
    });
}

/// The right signature with these digits changed.
fn wrong_at(digits: &[usize]) -> String {
    let change = |(at, digit)| match (digits.contains(&at), digit) {
        (false, digit) => digit,
        (true, '0') => '1',
        (true, _) => '0',
    };
    RIGHT.chars().enumerate().map(change).collect()
}
