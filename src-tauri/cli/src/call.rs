//! One command from a terminal.

use fulcrum_core::config::Flags;
use serde_json::{Value, json};

use crate::headless;
use crate::output::{Failure, print};

/// Runs a command and prints its response as JSON.
///
/// # Errors
/// [`Failure`], the command's own error included.
pub async fn run(flags: Flags, name: &str, payload: &str) -> Result<(), Failure> {
    let payload: Value = serde_json::from_str(payload)
        .map_err(|problem| Failure::Other(format!("The request is not JSON: {problem}.")))?;
    let engine = headless::start(flags).await?;
    let integration = payload["integration"].clone();
    let answered = engine.call(name, payload).await;
    let outcome = match answered {
        Ok(response) => {
            print(&pretty(&response))?;
            // The address that the browser comes back to lives as long as this process.
            if name == "connections.sign_in" {
                tokio::select! {
                    connection = engine.call("connections.wait", json!({ "integration": integration })) => print(&pretty(&connection?))?,
                    () = headless::asked_to_stop() => {}
                }
            }
            Ok(())
        }
        Err(problem) => Err(problem.into()),
    };
    engine.stop().await;
    outcome
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}
