-- Runs inside a headless Neovim with pickers on its 'runtimepath': each opens the chosen document.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local support = dofile(here .. '/support.lua')
local spec = require('spec_lsp')
local checks = support.list()

for _, folder in ipairs(vim.fn.glob(vim.env.NVIM_PLUGINS .. '/*', true, true)) do
  vim.opt.runtimepath:append(folder)
end

local function opens_the_second(name, choose)
  vim.cmd('enew')
  spec.options.picker = name
  vim.cmd('Spec find --sort id')
  support.eventually(name .. ' opened nothing', function()
    choose()
    return vim.fn.expand('%:t') == 'SPEC-002-quiet-hours.md'
  end)
  vim.cmd('silent! only')
end

function checks.snacks()
  opens_the_second('snacks', function()
    local picker = require('snacks').picker.get()[1]
    if picker and picker:count() == 2 then
      picker.list:move(2, true)
      picker:action('confirm')
    end
  end)
end

function checks.telescope()
  opens_the_second('telescope', function()
    local prompt = vim.api.nvim_get_current_buf()
    if vim.bo.filetype == 'TelescopePrompt' then
      local picker = require('telescope.actions.state').get_current_picker(prompt)
      if picker.manager and picker.manager:num_results() == 2 then
        picker:set_selection(picker:get_row(2))
        require('telescope.actions').select_default(prompt)
      end
    end
  end)
end

function checks.fzf_lua()
  assert(vim.fn.executable('fzf') == 1, 'fzf is not installed')
  opens_the_second('fzf-lua', function()
    if vim.bo.filetype == 'fzf' then
      vim.wait(500)
      vim.api.nvim_chan_send(vim.bo.channel, 'quiet\r')
      vim.wait(1000, function()
        return vim.bo.filetype ~= 'fzf'
      end)
    end
  end)
end

function checks.the_first_that_is_installed_is_used()
  spec.options.picker = 'auto'
  assert(require('spec_lsp.picker').name() == 'snacks')
end

checks()
