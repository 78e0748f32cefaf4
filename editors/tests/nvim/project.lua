-- Runs inside a headless Neovim without a file: what concerns the whole project, and needs no client.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local support = dofile(here .. '/support.lua')
local spec, server = require('spec_lsp'), require('spec_lsp.server')
local eventually, shows, lines = support.eventually, support.shows, support.lines
local checks = support.list()

local said = {}
vim.notify = function(text)
  table.insert(said, text)
end

local function says(text)
  eventually('not said: ' .. text .. vim.inspect(said), function()
    return said[#said] and said[#said]:find(text, 1, true) ~= nil
  end)
end

local function below_each_other(found, text, other)
  assert(found[1]:find(text, 1, true) == found[2]:find(other, 1, true), vim.inspect(found))
end

function checks.the_list_has_columns()
  vim.cmd('Spec list')
  local found = shows('Quiet hours')
  assert(#found == 2, vim.inspect(found))
  below_each_other(found, 'Reminders', 'Quiet hours')
  below_each_other(found, 'Aproved', 'Draft')
  vim.cmd('cclose')
end

function checks.the_list_is_filtered_and_sorted()
  vim.cmd('Spec list --columns title,Status --sort title')
  assert(vim.deep_equal(shows('Reminders'), { 'Quiet hours  Draft', 'Reminders    Aproved' }), vim.inspect(lines()))
  vim.cmd('cclose')
  vim.cmd('Spec list --stage draft')
  eventually('not filtered', function()
    return #vim.fn.getqflist() == 1
  end)
  vim.cmd([[execute "normal! \<CR>"]])
  assert(vim.fn.expand('%:t') == 'SPEC-002-quiet-hours.md', vim.fn.expand('%'))
  vim.cmd('cclose | bwipeout!')
end

function checks.commas_quotes_and_line_breaks_in_cells()
  local name = vim.fn.getcwd() .. '/docs/specs/SPEC-003-odd.md'
  vim.fn.writefile({ '# Technical Specification: One, "two" and three', '', '**Status**: Draft' }, name)
  vim.cmd('Spec list --columns title --stage draft')
  local found = shows('One, "two" and three')
  assert(#found == 2, vim.inspect(found))
  vim.cmd('cclose')
  vim.fn.delete(name)
end

function checks.a_wrong_option_is_explained()
  vim.cmd('Spec list --bogus')
  says('No such option: --bogus')
  vim.cmd('Spec list --kind nope')
  says('Unknown kind “nope”')
end

function checks.options_and_kinds_are_completed()
  local complete = require('spec_lsp.verbs').complete
  assert(vim.deep_equal(complete('--op', 'Spec list --op'), { '--open-tasks' }))
  assert(vim.deep_equal(complete('act', 'Spec board --stage act'), { 'active' }))
  assert(vim.tbl_contains(complete('b', 'Spec new b'), 'bug-fix'))
end

function checks.a_document_is_found_in_a_picker()
  local shown
  vim.ui.select = function(items, options, choose)
    shown = vim.tbl_map(options.format_item, items)
    choose(items[2], 2)
  end
  vim.cmd('Spec find')
  eventually('not opened', function()
    return vim.fn.expand('%:t') == 'SPEC-002-quiet-hours.md'
  end)
  below_each_other(shown, 'Reminders', 'Quiet hours')
end

function checks.the_graph_is_a_tree_around_the_document()
  vim.cmd('Spec graph')
  shows('SPEC-002 Quiet hours · Draft')
  local found = lines()
  assert(found[1] == 'SPEC-002 Quiet hours · Draft', found[1])
  assert(found[2] == '  refers to' and found[3]:find('^    SPEC%-001 Reminders'), vim.inspect(found))
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.cmd('normal \r')
  assert(vim.fn.expand('%:t') == 'SPEC-001-reminders.md', vim.fn.expand('%'))
  vim.cmd('only')
end

function checks.the_graph_of_everything_and_in_other_formats()
  vim.cmd('enew')
  vim.cmd('Spec graph')
  shows('SPEC-001 Reminders · Aproved')
  vim.cmd('close')
  vim.cmd('Spec graph --format mermaid')
  shows('flowchart')
  assert(vim.bo.filetype == 'mermaid')
  vim.cmd('close')
  vim.cmd('Spec graph --around NOPE')
  says('unknown document “NOPE”')
end

function checks.a_deep_graph_ends()
  local tree = require('spec_lsp.graph').tree
  local graph = { nodes = {}, edges = {} }
  for _, name in ipairs({ 'a', 'b', 'c', 'd' }) do
    table.insert(graph.nodes, { path = name, title = name })
  end
  for _, edge in ipairs({ { 'a', 'b' }, { 'b', 'c' }, { 'c', 'a' }, { 'd', 'a' } }) do
    table.insert(graph.edges, { from = edge[1], to = edge[2], label = edge[1] == 'd' and 'Fixes' or '' })
  end
  local found = tree(graph, 'a', 2)
  local expected = { 'a', '  refers to', '    b', '      c …', '  referenced by', '    c', '      b …', '    Fixes: d' }
  assert(vim.deep_equal(found, expected), vim.inspect(found))
  assert(vim.deep_equal(tree(graph, nil, 9), { 'd', '  Fixes: a', '    b', '      c', '        a …' }), vim.inspect(tree(graph, nil, 9)))
end

function checks.problems_are_in_the_quickfix_list()
  vim.cmd('Spec check --select invalid-value')
  shows('[invalid-value]')
  local list = vim.fn.getqflist({ title = 1, items = 1 })
  assert(#list.items == 1 and list.items[1].type == 'E', vim.inspect(list.items))
  assert(list.title:find('1 problem in', 1, true), list.title)
  vim.cmd('cfirst')
  assert(vim.api.nvim_get_current_line():sub(list.items[1].col):find('^Aproved'), vim.inspect(list.items))
  vim.cmd('Spec check --select duplicate-id')
  says('0 problems in')
  assert(vim.fn.getqflist({ winid = 1 }).winid == 0, 'the empty list is open')
end

function checks.the_report_is_written_and_shown()
  local opened
  if vim.ui.open then
    vim.ui.open = function(file)
      opened = file
    end
  end
  vim.cmd('Spec report')
  says('spec-lsp-report.html')
  assert(vim.fn.readfile(vim.fn.stdpath('cache') .. '/spec-lsp-report.html')[1]:lower():find('doctype'))
  assert(not vim.ui.open or opened:find('spec%-lsp%-report'), vim.inspect(opened))
  vim.cmd('Spec report own.html')
  says('own.html')
  assert(vim.fn.filereadable('own.html') == 1)
end

function checks.the_board_has_a_column_for_each_stage()
  vim.cmd('Spec board')
  local found = shows('In progress (1)')
  local left, right = found[3]:find('SPEC%-002 Quiet hours'), found[3]:find('SPEC%-001 Reminders')
  assert(left == 1 and right > 20, vim.inspect(found))
  vim.fn.cursor(4, right + 4)
  vim.cmd('normal \r')
  assert(vim.fn.expand('%:t') == 'SPEC-001-reminders.md', vim.fn.expand('%'))
  vim.cmd('only')
end

function checks.health_tells_what_is_in_force()
  vim.diagnostic.config({ virtual_text = false })
  vim.cmd('checkhealth spec_lsp')
  local text = table.concat(lines(), '\n')
  vim.cmd('bwipeout!')
  local wanted = { 'Neovim 0.', 'spec%-lsp %d', 'root: .*contains spec%-lsp%.toml', 'template: technical, 2 documents' }
  vim.list_extend(wanted, { 'documents: 2 Markdown', 'cache: .*sqlite', 'text is not shown', 'No other language server' })
  for _, each in ipairs(wanted) do
    assert(text:find(each), each .. ' is not in ' .. text)
  end
  assert(not text:find('ERROR'), text)
end

function checks.health_names_other_servers()
  eventually('not served', function()
    return spec.client(0) ~= nil
  end)
  local start = vim.fn.has('nvim-0.11') == 1 and vim.lsp.start or function(config)
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end
  start({ name = 'another', cmd = { vim.env.SPEC_LSP, 'serve' } })
  eventually('the other server does not run', function()
    vim.cmd('checkhealth spec_lsp')
    local found = table.concat(lines(), '\n'):find('serve the same buffers: another', 1, true)
    vim.cmd('bwipeout!')
    return found ~= nil
  end)
end

function checks.nothing_deprecated_is_called()
  assert(#support.deprecated == 0, vim.inspect(support.deprecated))
end

-- First, while no server runs: a new document, with the number after those that exist.
vim.fn.writefile({ '# Bug Fix Specification: Old', '', '**Status**: Draft' }, 'docs/bugs/BUG-007-old.md')
assert(#server.clients() == 0)
vim.cmd('Spec new bug-fix It crashes at night')
eventually('no new document', function()
  return vim.fn.expand('%:t') == 'BUG-008-it-crashes-at-night.md' and lines()[1] == '# Bug Fix Specification: It crashes at night'
end)
eventually('not served', function()
  return spec.client(0) ~= nil
end)
assert(#server.clients() == 1, 'the server of the command does not serve the buffer')
vim.cmd('stopinsert')
vim.cmd('bwipeout!')
vim.fn.delete('docs/bugs/BUG-007-old.md')
checks()
