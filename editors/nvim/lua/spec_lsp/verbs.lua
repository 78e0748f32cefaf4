-- The subcommands of :Spec: those of this buffer are run by its server, the others by the command line.
local spec = require('spec_lsp')
local window = require('spec_lsp.window')
local M = {}

local function here()
  return vim.uri_from_bufnr(0)
end

local function position()
  local client = spec.client()
  local encoding = client and client.offset_encoding or 'utf-16'
  local params = vim.lsp.util.make_position_params(0, encoding)
  return params.position
end

-- A subcommand of another module, which is loaded when it is run.
local function of(module, name)
  return function(arguments)
    require('spec_lsp.' .. module)[name](arguments)
  end
end

M.verbs = {
  board = of('board', 'run'),
  check = of('check', 'run'),
  find = of('list', 'find'),
  graph = of('graph', 'run'),
  list = of('list', 'run'),
  new = of('new', 'run'),
  report = of('check', 'report'),
  status = of('statusline', 'run'),
}

local function to_placeholder(backwards)
  local given = { uri = here(), position = position(), backwards = backwards }
  spec.ask('specLsp.nextPlaceholder', given, function(range, client)
    if not range then
      vim.notify('No placeholders left in this document', vim.log.levels.INFO)
      return
    end
    local line = range.start.line
    local text = vim.api.nvim_buf_get_lines(0, line, line + 1, false)[1] or ''
    local column = range.start.character
    if vim.fn.has('nvim-0.11') == 1 then
      column = vim.str_byteindex(text, client.offset_encoding, column, false)
    elseif client.offset_encoding ~= 'utf-8' then
      column = vim.str_byteindex(text, column, client.offset_encoding == 'utf-16')
    end
    vim.api.nvim_win_set_cursor(0, { line + 1, math.min(column, #text) })
  end)
end

function M.verbs.next()
  to_placeholder(false)
end

function M.verbs.previous()
  to_placeholder(true)
end

function M.verbs.create()
  local given = { uri = here(), position = position() }
  spec.ask('specLsp.createFromId', given, require('spec_lsp.new').open)
end

function M.verbs.missing()
  spec.ask('specLsp.insertMissing', { uri = here() })
end

function M.verbs.template()
  spec.ask('specLsp.showTemplate', { uri = here() }, function(answer)
    if not answer then
      vim.notify('This document has no template', vim.log.levels.INFO)
    elseif vim.startswith(answer.uri, 'spec-lsp-builtin:') then
      spec.ask('specLsp.templateText', { uri = answer.uri }, function(template)
        window.show(vim.split(template.text, '\n'), { name = 'template', filetype = 'markdown' })
      end)
    else
      window.edit(vim.uri_to_fname(answer.uri))
    end
  end)
end

function M.verbs.refresh()
  spec.ask('specLsp.restartIndex')
end

function M.verbs.restart()
  require('spec_lsp.server').restart()
end

function M.verbs.log()
  vim.cmd('tabedit ' .. vim.fn.fnameescape(require('vim.lsp.log').get_filename()))
end

function M.run(arguments)
  local verb = table.remove(arguments, 1) or 'status'
  local run = M.verbs[verb]
  if run then
    run(arguments)
  else
    vim.notify('Unknown subcommand: ' .. verb, vim.log.levels.ERROR)
  end
end

local FILTERS = {
  '--kind',
  '--status',
  '--stage',
  '--owner',
  '--priority',
  '--overdue',
  '--incomplete',
  '--open-tasks',
}
local SHOWN = vim.list_extend({ '--columns', '--sort' }, FILTERS)
local OPTIONS = {
  list = SHOWN,
  find = SHOWN,
  board = FILTERS,
  graph = { '--kind', '--around', '--depth', '--format' },
  check = { '--select', '--ignore', '--level', '--changed-since', '--baseline' },
}
local STAGES = { 'draft', 'active', 'final', 'dropped' }
local VALUES = { ['--stage'] = STAGES, ['--format'] = { 'mermaid', 'dot' } }

function M.complete(lead, line)
  local words = vim.split(line, '%s+')
  local before = words[#words - 1]
  local names = {}
  if #words <= 2 then
    names = vim.tbl_keys(M.verbs)
  elseif words[2] == 'new' and #words == 3 or before == '--kind' then
    names = M.kinds()
  elseif words[2] == 'report' then
    names = vim.fn.getcompletion(lead, 'file')
  else
    names = vim.deepcopy(VALUES[before] or OPTIONS[words[2]] or {})
  end
  table.sort(names)
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

-- Wait at most 1 s, because completion blocks the editor.
function M.kinds()
  local found
  require('spec_lsp.new').templates(function(templates)
    found = vim.tbl_map(function(each)
      return each.kind
    end, templates)
  end)
  vim.wait(1000, function()
    return found ~= nil
  end, 10)
  return found or {}
end

return M
