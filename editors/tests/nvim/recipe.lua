-- The configuration of a user who follows a recipe of the help page: RECIPE names it. The plugins
-- are in the folder NVIM_PLUGINS.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local plugin = vim.fn.fnamemodify(here .. '/../../nvim', ':p')
for _, folder in ipairs(vim.fn.glob(vim.env.NVIM_PLUGINS .. '/*', true, true)) do
  vim.opt.runtimepath:prepend(folder)
  vim.opt.runtimepath:append(folder .. '/after')
end
-- lazy.nvim finds the plugin itself, below the home folder.
if vim.env.RECIPE == 'lazy' then
  vim.fn.mkdir(vim.env.HOME .. '/src', 'p')
  vim.loop.fs_symlink(vim.fn.fnamemodify(here .. '/../../..', ':p:h'), vim.env.HOME .. '/src/spec-lsp')
else
  vim.opt.runtimepath:prepend(plugin)
  vim.cmd('runtime plugin/spec_lsp.lua')
end
vim.opt.completeopt = 'menu,menuone,noselect'
vim.opt.swapfile = false
local help = table.concat(vim.fn.readfile(plugin .. '/doc/spec-lsp.txt'), '\n')
local tag = ('*spec-lsp-%s*'):format(vim.env.RECIPE)
local code = help:sub((help:find(tag, 1, true))):match('>lua\n(.-)\n<')
assert(loadstring(code, tag))()
