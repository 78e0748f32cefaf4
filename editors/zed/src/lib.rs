//! Registers spec-lsp with Zed. Zed's settings can set another program.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json, LanguageServerId, Result, Worktree};

struct SpecLsp;

impl zed::Extension for SpecLsp {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let program = worktree
            .which("spec-lsp")
            .ok_or("spec-lsp was not found on PATH; install it with `pipx install spec-lsp`")?;
        Ok(zed::Command {
            command: program,
            args: vec!["serve".into()],
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(Some(serde_json::json!({ "spec-lsp": settings })))
    }
}

zed::register_extension!(SpecLsp);
