//! Why a delivery is refused, found by trying the causes.
//!
//! An [`Explainer`] takes the same walk as a [`Verifier`](crate::Verifier) and notes every step.
//! Where the delivery is refused it changes one thing after the other, as gateways, frameworks and
//! people do, and verifies again: a cause with which the delivery verifies is *proved*. Where none
//! does, it names what there are signs of, and says what was excluded.
//!
//! ```
//! use hookseal::explain::{CauseCode, Certainty, Explainer};
//! use hookseal::{Request, UnixTime, providers};
//!
//! let headers = [(
//!     "X-Hub-Signature-256",
//!     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
//! )];
//! // The body came with a line end that was not signed.
//! let request = Request::new(&headers, b"Hello, World!\n");
//! let now = UnixTime::from_secs(1_700_000_000);
//!
//! let explanation =
//!     Explainer::new(&providers::GITHUB, "It's a Secret to Everybody").explain(&request, now);
//! assert_eq!(explanation.verdict().code(), "signature_mismatch");
//! let cause = &explanation.causes()[0];
//! assert_eq!(cause.code(), CauseCode::BodyTrailingBytes);
//! assert_eq!(cause.confidence(), Certainty::Proved);
//! ```
//!
//! # What it costs, and what it shows
//! At most [`MAX_TRIALS`] changes are tried, each for one MAC a secret, over at most [`MAX_HASHED`]
//! bytes in all; changes to a body above [`MAX_BODY`] are not tried. This is for the moment when
//! somebody looks for a fault, not for every delivery.
//!
//! An explanation is for the receiver, never for the sender. Its texts hold no byte of a secret, of
//! a key, or of a signature; secrets are told apart by their [fingerprint](Fingerprint). The
//! signed content, which is the delivery's own, is shown by [`Explanation::signed`] alone.

mod bodies;
mod cause;
mod explainer;
mod explanation;
mod framework;
mod headers;
mod json;
mod report;
mod rows;
mod secrets;
mod signed;
mod signs;
mod steps;
mod times;
mod trial;
mod urls;
mod wording;

pub use cause::{Cause, CauseCode, Certainty, Group};
pub use explainer::Explainer;
pub use explanation::{Explanation, Fingerprint, Verdict};
pub use framework::Framework;
pub use report::Report;
pub use signed::{SignedContent, SignedPart, Visible};
pub use steps::{Outcome, Step, StepName};
pub use trial::{MAX_BODY, MAX_HASHED, MAX_TRIALS};
