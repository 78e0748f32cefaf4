{
  description = "A language server for specification documents in Markdown";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = f: nixpkgs.lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
      version = builtins.head (
        builtins.match ".*__version__ = \"([^\"]+)\".*" (builtins.readFile ./spec_lsp/__init__.py)
      );
    in
    {
      packages = each (pkgs: {
        default = pkgs.python3Packages.buildPythonApplication {
          pname = "spec-lsp";
          inherit version;
          pyproject = true;
          src = self;
          build-system = [ pkgs.python3Packages.hatchling ];
          dependencies = with pkgs.python3Packages; [
            lsprotocol
            markdown-it-py
            pathspec
            platformdirs
            pydantic
            pygls
            pyyaml
            rich
            typer
          ];
          # Versions of templates come from the history.
          makeWrapperArgs = [ "--suffix PATH : ${pkgs.lib.makeBinPath [ pkgs.git ]}" ];
          pythonImportsCheck = [ "spec_lsp" ];
          meta = {
            description = "Language server for specification documents in Markdown";
            license = pkgs.lib.licenses.mit;
            mainProgram = "spec-lsp";
          };
        };
      });
    };
}
