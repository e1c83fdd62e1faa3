//! Runs the probe in an interpreter that counts instructions. For secrets of one length, and
//! signatures wrong at any byte, the count must be one and the same; for a compare that leaks it
//! must differ. Exit status 1 otherwise.

use base64ct::{Base64, Encoding as _};
use hookseal::{Algorithm, Encoding, Request, Scheme, Signer, UnixTime, header};
use wasmi::{CompilationMode, Config, Engine, Linker, Memory, Module, Store, TypedFunc};

type Call = TypedFunc<(u32, u32, u32, u32, u32), u32>;

const FUEL: u64 = 1 << 40;
const BODY: &[u8] = b"{\"id\":\"evt_1\",\"object\":\"event\"}";
const SECRETS: u64 = 40;

fn main() {
    let path = std::env::args().nth(1).expect("the path of the probe");
    let mut probe = Probe::new(&std::fs::read(path).expect("a file"));
    let mut failed = probe.control();
    for (algorithm, name) in
        ["HMAC-SHA-256", "HMAC-SHA-1", "HMAC-SHA-512", "token"].into_iter().enumerate()
    {
        for (format, spelled) in ["text", "hex", "base64"].into_iter().enumerate() {
            if algorithm < 3 || format == 0 {
                failed |= probe.check(
                    algorithm as u32,
                    format as u32,
                    &format!("{name}, secret as {spelled}"),
                );
            }
        }
    }
    std::process::exit(i32::from(failed));
}

struct Probe {
    store: Store<()>,
    memory: Memory,
    buffer: usize,
    verify: Call,
    leaky: Call,
}

impl Probe {
    fn new(code: &[u8]) -> Self {
        let mut config = Config::default();
        // Else the first call of a function pays for its translation.
        config.consume_fuel(true).compilation_mode(CompilationMode::Eager);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, code).expect("a module");
        let mut store = Store::new(&engine, ());
        store.set_fuel(FUEL).expect("fuel is counted");
        let instance =
            Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("no imports");
        let memory = instance.get_memory(&store, "memory").expect("a memory");
        let at = instance.get_typed_func::<(), u32>(&store, "buffer").expect("the buffer");
        let buffer = at.call(&mut store, ()).expect("an address") as usize;
        let verify = instance.get_typed_func(&store, "verify").expect("the function");
        let leaky = instance.get_typed_func(&store, "leaky").expect("the control");
        Probe { store, memory, buffer, verify, leaky }
    }

    /// The verdict, and the instructions that it took.
    fn run(&mut self, call: Call, kind: (u32, u32), secret: &[u8], signature: &[u8]) -> (u32, u64) {
        let input = [secret, signature, BODY].concat();
        self.memory.write(&mut self.store, self.buffer, &input).expect("room");
        self.store.set_fuel(FUEL).expect("fuel is counted");
        let lengths = (secret.len() as u32, signature.len() as u32, BODY.len() as u32);
        let verdict = call.call(&mut self.store, (kind.0, kind.1, lengths.0, lengths.1, lengths.2));
        (verdict.expect("no trap"), FUEL - self.store.get_fuel().expect("fuel is counted"))
    }

    fn control(&mut self) -> bool {
        let secret = random(32, 1);
        let mut counts = Vec::new();
        for at in [0, 15, 31] {
            let mut wrong = secret.clone();
            wrong[at] ^= 1;
            counts.push(self.run(self.leaky, (0, 0), &secret, &wrong).1);
        }
        println!("control: compare with an early exit: {counts:?} instructions");
        !(counts[0] < counts[1] && counts[1] < counts[2])
    }

    /// Every secret, with its right signature and with ones that are wrong at one byte.
    fn check(&mut self, algorithm: u32, format: u32, name: &str) -> bool {
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for seed in 1..=SECRETS {
            let secret = secret(format, seed);
            let signature = signature(algorithm, format, &secret);
            right.push(self.run(self.verify, (algorithm, format), &secret, &signature));
            // Not the last two of base64: another spelling there is malformed, which is public.
            for at in [0, 1, signature.len() / 2, signature.len() - 3] {
                let mut changed = signature.clone();
                changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
                wrong.push(self.run(self.verify, (algorithm, format), &secret, &changed));
            }
        }
        let failed = !(same(&right, 1) && same(&wrong, 0));
        let verdict = if failed { "FAILED" } else { "the same for all" };
        println!(
            "{name}: {} instructions verified, {} refused, {} runs: {verdict}",
            right[0].1,
            wrong[0].1,
            right.len() + wrong.len(),
        );
        failed
    }
}

fn same(runs: &[(u32, u64)], verdict: u32) -> bool {
    runs.iter().all(|run| *run == (verdict, runs[0].1))
}

fn secret(format: u32, seed: u64) -> Vec<u8> {
    let key = random(32, seed);
    let mut memory = [0; 128];
    match format {
        0 => key.iter().map(|byte| b'!' + byte % 90).collect(),
        1 => base16ct::lower::encode(&key, &mut memory).expect("room").to_vec(),
        _ => format!("whsec_{}", Base64::encode(&key, &mut memory).expect("room")).into_bytes(),
    }
}

fn signature(algorithm: u32, format: u32, secret: &[u8]) -> Vec<u8> {
    let base = Scheme { signature: header("x-sig"), ..Scheme::BASE };
    let key = match format {
        0 => hookseal::KeyFormat::Text,
        1 => hookseal::KeyFormat::Hex,
        _ => hookseal::KeyFormat::Base64 { prefix: "whsec_" },
    };
    let scheme = match algorithm {
        0 => Scheme { key, ..base },
        1 => Scheme { algorithm: Algorithm::HmacSha1, encoding: Encoding::Base64, key, ..base },
        2 => {
            Scheme { algorithm: Algorithm::HmacSha512, encoding: Encoding::Base64Url, key, ..base }
        }
        _ => return secret.to_vec(),
    };
    let signer = Signer::new(&scheme, secret).expect("a secret");
    let request = Request::new(&[] as &[(&str, &str)], BODY);
    let signed = signer.sign(&request, None, UnixTime::from_secs(1_700_000_000)).expect("signed");
    signed.headers().map(|(_, value)| value.to_string()).collect::<String>().into_bytes()
}

fn random(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect()
}
