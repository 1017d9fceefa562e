//! How a server learns that it is to stop.

use std::{future::Future, io};

/// Ends when the process is asked to terminate, or interrupted at its terminal.
#[cfg(unix)]
pub fn asked() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}

/// Ends when its console is closed, or interrupted.
#[cfg(windows)]
pub fn asked() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_c, ctrl_close};

    let mut close = ctrl_close()?;
    let mut interrupt = ctrl_c()?;
    Ok(async move {
        tokio::select! {
            _ = close.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}
