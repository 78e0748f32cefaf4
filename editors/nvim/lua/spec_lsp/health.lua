-- :checkhealth spec_lsp
local M = {}

local function reporter()
  local health = vim.health or require('health')
  return {
    start = health.start or health.report_start,
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
    info = health.info or health.report_info,
  }
end

function M.check()
  local say = reporter()
  local spec = require('spec_lsp')
  say.start('spec-lsp')
  if vim.fn.has('nvim-0.7') == 0 then
    say.error('Neovim 0.7 or newer is needed.')
    return
  end
  local command = require('spec_lsp.program').find(spec.options.cmd[1])
  if not command or vim.fn.executable(command) == 0 then
    say.error(
      ('`%s` is not to be found.'):format(spec.options.cmd[1]),
      { 'Install it with `pipx install spec-lsp`,', "or name it: setup({ cmd = { '/path/to/spec-lsp', 'serve' } })." }
    )
    return
  end
  local version = vim.fn.system({ command, '--version' })
  if vim.v.shell_error ~= 0 then
    say.error(('`%s --version` fails:'):format(command), vim.split(vim.trim(version), '\n'))
    return
  end
  say.ok(vim.fn.exepath(command) .. ', ' .. vim.trim(version))
  if vim.lsp.enable then
    local enabled = vim.lsp.is_enabled and vim.lsp.is_enabled('spec_lsp')
    if enabled == false then
      say.warn("The server is not enabled.", { "Put `vim.lsp.enable('spec_lsp')` into your init.lua." })
    end
  else
    say.info("This Neovim has no vim.lsp.enable; `require('spec_lsp').setup()` starts the server.")
  end
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  local count = 0
  for _, client in ipairs(find()) do
    if client.name == 'spec_lsp' then
      count = count + 1
      say.ok('serves ' .. (client.config.root_dir or 'single files'))
    end
  end
  if count == 0 then
    say.info('No server is running; open a Markdown file.')
  end
end

return M
