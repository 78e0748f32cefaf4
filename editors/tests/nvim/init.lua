-- A clean Neovim with nothing but this plugin.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here .. '/../../nvim', ':p'))
vim.cmd('runtime plugin/spec_lsp.lua')
vim.opt.swapfile = false
vim.opt.shortmess:append('I')
vim.opt.completeopt = 'menu,menuone,noselect'
require('spec_lsp').setup({
  cmd = { vim.env.SPEC_LSP or 'spec-lsp', 'serve' },
  autocomplete = true,
  settings = { author = 'Ada Lovelace', diagnostics = { delay = 20 } },
})
vim.diagnostic.config({ virtual_text = true })
