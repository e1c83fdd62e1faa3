//! The native half of the Python package `hookseal`: Python objects in, the core's calls, Python
//! objects out. It holds no provider's fact, and no sentence about a delivery.

mod cells;
mod delivery;
mod functions;
mod headers;
mod python;
mod request;
mod row;
mod verifier;

#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    const PUBLIC_MESSAGE: &str = hookseal::Error::PUBLIC_MESSAGE;

    #[pymodule_export]
    use super::delivery::Delivery;
    #[pymodule_export]
    use super::functions::{answer_challenge, answer_openly, detect, names, sign};
    #[pymodule_export]
    use super::row::Row;
    #[pymodule_export]
    use super::verifier::Verifier;
}
