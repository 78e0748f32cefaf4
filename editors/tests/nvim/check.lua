-- Runs inside a headless Neovim: everything that the plugin promises, without a screen.
local spec = require('spec_lsp')

local function eventually(what, holds)
  assert(vim.wait(20000, holds, 20), what)
end

local function request(method, line, column, more)
  local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = column } }
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend('force', params, more or {}), 10000)
  for _, answer in pairs(answers or {}) do
    assert(not answer.error, vim.inspect(answer.error))
    return answer.result
  end
end

local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      return number - 1, column - 1
    end
  end
  error('not in the file: ' .. text)
end

-- Neovim 0.13 has none of these any more; newer functions do the same in every version that has both.
vim.lsp.get_log_path, vim.lsp.set_log_level = nil, nil
if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.stop_client, vim.lsp.start_client, vim.lsp.get_active_clients = nil, nil, nil
  local byte_index = vim.str_byteindex
  vim.str_byteindex = function(text, encoding, index, strict)
    assert(type(encoding) == 'string', 'the old form of vim.str_byteindex')
    return byte_index(text, encoding, index, strict)
  end
end
local deprecated = {}
if vim.deprecate then
  vim.deprecate = function(name)
    table.insert(deprecated, name)
  end
end

local checks = {}

function checks.diagnostics_come_up_and_go()
  eventually('no finding of the wrong status', function()
    for _, each in ipairs(vim.diagnostic.get(0)) do
      if each.code == 'invalid-value' or each.message:find('expected one of', 1, true) then
        return true
      end
    end
  end)
  local line = line_of('Aproved')
  vim.api.nvim_buf_set_lines(0, line, line + 1, false, { '**Status**: Draft' })
  eventually('the finding stays', function()
    for _, each in ipairs(vim.diagnostic.get(0)) do
      if each.message:find('expected one of', 1, true) then
        return false
      end
    end
    return true
  end)
end

function checks.completion_offers_values()
  local line = line_of('**Status**: Draft')
  local answer = request('textDocument/completion', line, 12)
  local labels = vim.tbl_map(function(item)
    return item.label
  end, answer.items or answer)
  assert(vim.deep_equal(labels, { 'Draft', 'Review', 'Approved', 'Implemented', 'Archived' }), vim.inspect(labels))
end

function checks.hover_and_definition_know_other_documents()
  local line, column = line_of('SPEC-002')
  local card = request('textDocument/hover', line, column + 2)
  assert(card.contents.value:find('Quiet hours', 1, true), vim.inspect(card))
  local target = request('textDocument/definition', line, column + 2)
  target = target[1] or target
  assert((target.targetUri or target.uri):find('SPEC%-002'), vim.inspect(target))
end

function checks.rename_reaches_other_files()
  local line, column = line_of('SPEC-002')
  local edit = request('textDocument/rename', line, column + 2, { newName = 'SPEC-020' })
  assert(vim.inspect(edit):find('SPEC%-020'), vim.inspect(edit))
end

function checks.verbs_answer()
  vim.cmd('Spec list')
  eventually('no list', function()
    return #vim.fn.getqflist() >= 2
  end)
  vim.cmd('cclose')
  vim.cmd('Spec graph')
  eventually('no graph', function()
    return vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]:find('flowchart') ~= nil
  end)
  vim.cmd('bwipeout!')
end

function checks.refresh_reads_what_came_without_a_word()
  local folder = vim.fn.expand('%:p:h')
  vim.fn.writefile({ '# Technical Specification: Late', '', '**Status**: Draft' }, folder .. '/SPEC-077-late.md')
  vim.cmd('Spec refresh')
  eventually('the new file is unknown', function()
    local found = request('workspace/symbol', 0, 0, { query = 'Late' })
    return found and #found > 0
  end)
  vim.fn.delete(folder .. '/SPEC-077-late.md')
  vim.cmd('Spec refresh')
end

function checks.a_new_document_is_named_and_filled()
  vim.cmd('Spec new bug-fix It crashes at night')
  eventually('no new document', function()
    return vim.fn.expand('%:t') == 'BUG-001-it-crashes-at-night.md'
      and vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] == '# Bug Fix Specification: It crashes at night'
  end)
  eventually('not served', function()
    return spec.client(0) ~= nil
  end)
  vim.cmd('stopinsert')
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.cmd('Spec next')
  eventually('no placeholder', function()
    return vim.api.nvim_win_get_cursor(0)[1] > 1
  end)
end

function checks.the_log_opens()
  vim.cmd('Spec log')
  assert(vim.fn.expand('%:t'):find('lsp.*%.log'), vim.fn.expand('%'))
  vim.cmd('tabclose')
end

function checks.restarting_brings_a_new_server()
  local before = spec.client(0).id
  vim.cmd('Spec restart')
  eventually('no other server', function()
    local client = spec.client(0)
    return client ~= nil and client.id ~= before
  end)
end

function checks.nothing_deprecated_is_called()
  assert(#deprecated == 0, vim.inspect(deprecated))
end

function checks.health_is_good()
  vim.cmd('checkhealth spec_lsp')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(text:find('spec%-lsp %d'), text)
  assert(not text:find('ERROR'), text)
end

function checks.a_program_in_the_workspace_is_not_started()
  local file = vim.fn.getcwd() .. '/spec-lsp-planted'
  vim.fn.writefile({ '#!/bin/sh' }, file)
  vim.fn.system({ 'chmod', '+x', file })
  local before = vim.env.PATH
  vim.env.PATH = ':.:' .. before
  local found = require('spec_lsp.program').find('spec-lsp-planted')
  local command = require('spec_lsp.program').command({ 'spec-lsp-planted', 'serve' })
  local shell = require('spec_lsp.program').find('sh')
  vim.env.PATH = before
  vim.fn.delete(file)
  assert(found == nil, found)
  assert(command[1] == 'spec-lsp-planted (not on the PATH)' and command[2] == 'serve', command[1])
  assert(shell and shell:sub(1, 1) == '/', shell)
end

local order = {
  'diagnostics_come_up_and_go',
  'completion_offers_values',
  'hover_and_definition_know_other_documents',
  'rename_reaches_other_files',
  'verbs_answer',
  'refresh_reads_what_came_without_a_word',
  'a_new_document_is_named_and_filled',
  'the_log_opens',
  'restarting_brings_a_new_server',
  'health_is_good',
  'a_program_in_the_workspace_is_not_started',
  'nothing_deprecated_is_called',
}
local failed = 0
eventually('the server does not serve the file', function()
  return spec.client(0) ~= nil
end)
for _, name in ipairs(order) do
  local fine, why = pcall(checks[name])
  failed = failed + (fine and 0 or 1)
  io.stdout:write((fine and 'ok ' or 'FAILED ') .. name .. (fine and '' or ': ' .. tostring(why)) .. '\n')
end
io.stdout:write(('%d passed, %d failed\n'):format(#order - failed, failed))
vim.cmd(failed == 0 and 'qa!' or 'cq!')
