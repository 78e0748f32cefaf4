-- Runs inside a headless Neovim with the recipe for lualine.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local support = dofile(here .. '/support.lua')
local checks = support.list()

function checks.lualine_shows_the_progress()
  support.eventually('no progress', function()
    local text = vim.api.nvim_eval_statusline(require('lualine').statusline(true), { maxwidth = 200 }).str
    return text:find('Aproved · 6% complete', 1, true) ~= nil
  end)
end

function checks.a_status_line_without_a_plugin()
  local text = vim.api.nvim_eval_statusline("%{get(b:, 'spec_lsp_status', '')}", {}).str
  assert(text == 'Aproved · 6% complete', text)
end

checks()
