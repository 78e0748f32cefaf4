-- For Neovim 0.11 and newer: `vim.lsp.enable('spec_lsp')`.
return require('spec_lsp').config()
