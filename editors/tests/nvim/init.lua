-- A clean Neovim with nothing but this plugin.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here .. '/../../nvim', ':p'))
vim.cmd('runtime plugin/spec_lsp.lua')
vim.opt.swapfile = false
vim.opt.shortmess:append('I')
vim.opt.completeopt = 'menu,menuone,noselect'
require('spec_lsp').setup({
  cmd = { vim.env.SPEC_LSP or 'spec-lsp', 'serve' },
  settings = { author = 'Ada Lovelace', diagnostics = { delay = 20 } },
})
if vim.fn.has('nvim-0.11') == 1 then
  vim.diagnostic.config({ virtual_text = true })
  vim.api.nvim_create_autocmd('LspAttach', {
    callback = function(event)
      vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
    end,
  })
end
