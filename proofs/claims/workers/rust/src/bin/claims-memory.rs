//! How many bytes so many keys take in memory, for prove/sizes.py: claims-memory KEYS

use std::error::Error;
use std::{env, fs};

use hookseal::{Request, Signer, UnixTime, Verifier, providers};
use hookseal_service::{Claim, MemoryClaims};

const PAGE: usize = 4096;

fn main() -> Result<(), Box<dyn Error>> {
    let keys: usize = env::args().nth(1).ok_or("how many keys?")?.parse()?;
    let secret = env::var("SECRET")?;
    let handled = Handled {
        signer: Signer::new(&providers::STRIPE, &secret)?,
        verifier: Verifier::new(&providers::STRIPE, &secret)?,
        claims: MemoryClaims::new(keys + 1),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        handled.handle(keys).await?;
        let before = resident()?;
        for number in 0..keys {
            handled.handle(number).await?;
        }
        println!("{}", resident()?.saturating_sub(before));
        Ok(())
    })
}

struct Handled<'s> {
    signer: Signer<'s>,
    verifier: Verifier<'s>,
    claims: MemoryClaims,
}

impl Handled<'_> {
    async fn handle(&self, number: usize) -> Result<(), Box<dyn Error>> {
        let body = format!("{{\"id\":\"evt_{number}\"}}");
        let now = UnixTime::now();
        let unsigned = Request::new(&[] as &[(&str, &str)], body.as_bytes());
        let signed = self.signer.sign(&unsigned, None, now)?;
        let headers: Vec<(&str, String)> =
            signed.headers().map(|(name, value)| (name, value.to_string())).collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = Request::new(headers.as_slice(), body.as_bytes());
        let delivery = self.verifier.verify(&request, now)?;
        let Claim::Run(lease) = self.claims.claim(&delivery).await? else {
            return Err("known already".into());
        };
        lease.complete().await?;
        Ok(())
    }
}

fn resident() -> Result<usize, Box<dyn Error>> {
    let told = fs::read_to_string("/proc/self/statm")?;
    Ok(told.split(' ').nth(1).ok_or("no resident size")?.parse::<usize>()? * PAGE)
}
