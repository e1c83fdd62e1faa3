//! The native half of the Python package `hookseal`: Python objects in, the core's calls, Python
//! objects out. It holds no provider's fact, and no sentence about a delivery.

mod python;
mod row;
mod verifier;

#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::row::{Endpoint, Row, Setup, detect, outcomes, read_capture};
    #[pymodule_export]
    use super::verifier::{Delivery, Verifier};
    #[pymodule_export]
    const DEFAULT_BODY_LIMIT: usize = hookseal::DEFAULT_BODY_LIMIT;
    #[pymodule_export]
    const PUBLIC_MESSAGE: &str = hookseal::Error::PUBLIC_MESSAGE;
}
