//! Registers spec-lsp with Zed. Zed's settings can set another program.

use std::env;

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{
    self as zed, serde_json, LanguageServerId, LanguageServerInstallationStatus as Status, Result,
    Worktree,
};

/// The npm package, which needs no Python; it has the version of this extension.
const PACKAGE: &str = "spec-lsp";
const PROGRAM: &str = "node_modules/spec-lsp/bin/spec-lsp.mjs";

struct SpecLsp;

impl zed::Extension for SpecLsp {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let (command, mut args) = match worktree.which("spec-lsp") {
            Some(program) => (program, vec![]),
            None => (zed::node_binary_path()?, vec![installed(server)?]),
        };
        args.push("serve".into());
        let env = worktree.shell_env();
        Ok(zed::Command { command, args, env })
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

/// Returns the program of the npm package, which is installed if need be.
fn installed(server: &LanguageServerId) -> Result<String> {
    let version = env!("CARGO_PKG_VERSION");
    if zed::npm_package_installed_version(PACKAGE)?.as_deref() != Some(version) {
        zed::set_language_server_installation_status(server, &Status::Downloading);
        zed::npm_install_package(PACKAGE, version)?;
    }
    let folder = env::current_dir().map_err(|error| error.to_string())?;
    Ok(folder.join(PROGRAM).to_string_lossy().into_owned())
}

zed::register_extension!(SpecLsp);
