-- Runs inside a headless Neovim: everything that the plugin promises, without a screen.
local spec = require('spec_lsp')

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local support = dofile(here .. '/support.lua')
local eventually, request, line_of = support.eventually, support.request, support.line_of

local checks = support.list()

function checks.diagnostics_come_up_and_go()
  eventually('no finding of the wrong status', function()
    for _, each in ipairs(vim.diagnostic.get(0)) do
      if each.code == 'invalid-value' or each.message:find('Expected one of', 1, true) then
        return true
      end
    end
  end)
  local line = line_of('Aproved')
  vim.api.nvim_buf_set_lines(0, line, line + 1, false, { '**Status**: Draft' })
  eventually('the finding stays', function()
    for _, each in ipairs(vim.diagnostic.get(0)) do
      if each.message:find('Expected one of', 1, true) then
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
  eventually('no card of the document', function()
    local card = request('textDocument/hover', line, column + 2)
    return card and card.contents.value:find('Quiet hours', 1, true) ~= nil
  end)
  local target = request('textDocument/definition', line, column + 2)
  target = target[1] or target
  assert((target.targetUri or target.uri):find('SPEC%-002'), vim.inspect(target))
end

function checks.rename_reaches_other_files()
  local line, column = line_of('SPEC-002')
  local edit = request('textDocument/rename', line, column + 2, { newName = 'SPEC-020' })
  assert(vim.inspect(edit):find('SPEC%-020'), vim.inspect(edit))
end

function checks.a_code_lens_lists_the_references()
  local lens = vim.lsp.codelens
  vim.ui.select = function(items, _, choose)
    for index, each in ipairs(items) do
      if vim.inspect(each):find('referred to', 1, true) then
        choose(each, index)
      end
    end
  end
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local source = vim.api.nvim_get_current_buf()
  eventually('no lens lists references', function()
    vim.api.nvim_set_current_buf(source)
    if lens.enable then
      lens.enable(true)
    else
      lens.refresh()
    end
    pcall(lens.run)
    return vim.wait(200, function()
      return vim.bo.filetype == 'qf'
    end, 10)
  end)
  local list = vim.fn.getqflist({ title = 1, items = 1 })
  vim.cmd('cclose')
  assert(list.title:find('referred to by 1 ', 1, true), list.title)
  assert(#list.items == 1, vim.inspect(list.items))
  assert(vim.fn.bufname(list.items[1].bufnr):find('SPEC%-002'), vim.inspect(list.items))
end

function checks.the_status_line_has_the_progress()
  eventually('no progress', function()
    return spec.statusline():find('^Draft · %d+%%%% complete') ~= nil
  end)
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

function checks.nothing_deprecated_is_called()
  assert(#support.deprecated == 0, vim.inspect(support.deprecated))
end

eventually('the server does not serve the file', function()
  return spec.client(0) ~= nil
end)
checks()
