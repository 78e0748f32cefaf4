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

-- What `spec-lsp doctor` shows of a folder: the root and why, templates, documents, cache.
local function doctor(say, command, folder)
  local text = vim.fn.system(vim.list_extend(command, { 'doctor', folder }))
  if vim.v.shell_error ~= 0 then
    say.error('`spec-lsp doctor` failed:', vim.split(vim.trim(text), '\n'))
    return
  end
  for line in text:gmatch('[^\n]+') do
    local name, value = line:match('^(%S+)%s+(.*)')
    local is_bad = name == 'unreadable' or name == 'not read' or (value or ''):find('^not used')
    say[is_bad and 'warn' or 'info'](name and name .. ': ' .. value or line)
  end
end

local function program(say)
  local spec = require('spec_lsp')
  local name = spec.options.cmd[1]
  local command = require('spec_lsp.program').find(name)
  if not command or vim.fn.executable(command) == 0 then
    say.error(('`%s` was not found on PATH'):format(name), {
      'Install it: `pipx install .` in its repository',
      "Or set its path: setup({ cmd = { '/path/to/spec-lsp', 'serve' } })",
    })
    return
  end
  local words = require('spec_lsp.cli').command()
  local version = vim.fn.system(vim.list_extend(vim.deepcopy(words), { '--version' }))
  if vim.v.shell_error ~= 0 then
    say.error(('`%s --version` failed:'):format(command), vim.split(vim.trim(version), '\n'))
    return
  end
  say.ok(vim.fn.exepath(command) .. ', ' .. vim.trim(version))
  return words
end

local function enabled(say)
  if not vim.lsp.enable then
    say.info("This Neovim has no vim.lsp.enable; call `require('spec_lsp').setup()` to start the server")
  elseif vim.lsp.is_enabled and not vim.lsp.is_enabled('spec_lsp') then
    say.warn('The server is not enabled', { "Add `vim.lsp.enable('spec_lsp')` to your init.lua" })
  end
end

local function running(say)
  local clients = require('spec_lsp.server').clients()
  for _, client in ipairs(clients) do
    say.ok('Running for ' .. (client.config.root_dir or 'single files'))
  end
  if #clients == 0 then
    say.info('The server is not running; open a Markdown file to start it')
  end
end

-- Whether the user sees problems: Neovim 0.11 and newer shows no text beside the line by default.
local function diagnostics(say)
  local config = vim.diagnostic.config()
  local is_on = not vim.diagnostic.is_enabled or vim.diagnostic.is_enabled()
  local ways = {}
  for _, way in ipairs({ 'virtual_text', 'virtual_lines', 'signs', 'underline' }) do
    if config[way] then
      table.insert(ways, way)
    end
  end
  if not is_on or #ways == 0 then
    say.warn('Problems are not shown', {
      'Turn diagnostics on: `vim.diagnostic.enable()`, `vim.diagnostic.config({ virtual_text = true })`',
    })
  elseif config.virtual_text or config.virtual_lines then
    say.ok('Problems are shown: ' .. table.concat(ways, ', '))
  else
    say.warn('Problems are marked (' .. table.concat(ways, ', ') .. '), but their text is not shown', {
      'Show it beside the line: `vim.diagnostic.config({ virtual_text = true })`',
      'Or on demand: `vim.diagnostic.open_float()`, |CTRL-W_d|',
    })
  end
end

-- Other servers of the buffers that this one serves: both show outlines, links and completions.
local function others(say)
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  local names = {}
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    for _, client in ipairs(require('spec_lsp.server').client(buffer) and find() or {}) do
      if client.name ~= 'spec_lsp' and vim.lsp.buf_is_attached(buffer, client.id) then
        names[client.name] = true
      end
    end
  end
  local list = vim.tbl_keys(names)
  table.sort(list)
  if #list == 0 then
    say.ok('No other language server serves these buffers')
  else
    say.warn('Other language servers serve the same buffers: ' .. table.concat(list, ', '), {
      'If something appears twice, turn it off in one of them: |spec-lsp-settings|, features',
    })
  end
end

-- The roots to report: those of the running servers, or that of the current directory.
local function roots()
  local found = {}
  for _, client in ipairs(require('spec_lsp.server').clients()) do
    if client.config.root_dir then
      found[client.config.root_dir] = true
    end
  end
  local list = vim.tbl_keys(found)
  table.sort(list)
  return #list > 0 and list or { require('spec_lsp.root').current() }
end

function M.check()
  local say = reporter()
  say.start('spec-lsp')
  if vim.fn.has('nvim-0.7') == 0 then
    say.error('Neovim 0.7 or newer is required')
    return
  end
  local version = vim.version()
  say.ok(('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch))
  local command = program(say)
  if not command then
    return
  end
  enabled(say)
  running(say)
  diagnostics(say)
  others(say)
  say.info('picker: ' .. require('spec_lsp.picker').name())
  for _, folder in ipairs(roots()) do
    say.start('spec-lsp: ' .. folder)
    doctor(say, vim.deepcopy(command), folder)
  end
end

return M
