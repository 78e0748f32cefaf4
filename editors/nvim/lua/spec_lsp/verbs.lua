-- The subcommands of :Spec. Each runs a server command and shows or opens the result.
local spec = require('spec_lsp')
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

local function scratch(lines, filetype, name)
  vim.cmd('botright new')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.bo.filetype, vim.bo.modifiable = filetype, false
  pcall(vim.api.nvim_buf_set_name, 0, name)
end

-- Open a new file with its text; the cursor is at the first tab stop.
local function open_new(answer)
  if not answer then
    vim.notify('Place the cursor on an ID that is not defined in any document', vim.log.levels.INFO)
    return
  end
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.uri_to_fname(answer.uri)))
  vim.fn.mkdir(vim.fn.expand('%:p:h'), 'p')
  if vim.snippet then
    vim.snippet.expand(answer.snippet)
  else
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(answer.plain, '\n'))
  end
end

local function new_document(kind, title)
  spec.ask('specLsp.new', { kind = kind, title = title, uri = here() }, open_new)
end

M.verbs = {}

function M.verbs.new(arguments)
  local kind = table.remove(arguments, 1)
  local title = table.concat(arguments, ' ')
  local ask_title = function(chosen)
    if title ~= '' then
      new_document(chosen, title)
      return
    end
    vim.ui.input({ prompt = 'Title: ' }, function(given)
      if given and given ~= '' then
        new_document(chosen, given)
      end
    end)
  end
  if kind then
    ask_title(kind)
    return
  end
  spec.ask('specLsp.templates', { uri = here() }, function(templates)
    vim.ui.select(templates, {
      prompt = 'New document',
      format_item = function(each)
        return each.name
      end,
    }, function(chosen)
      if chosen then
        ask_title(chosen.kind)
      end
    end)
  end)
end

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
  spec.ask('specLsp.createFromId', { uri = here(), position = position() }, open_new)
end

function M.verbs.missing()
  spec.ask('specLsp.insertMissing', { uri = here() })
end

function M.verbs.graph()
  spec.ask('specLsp.graph', { uri = here(), format = 'mermaid' }, function(answer)
    scratch(vim.split(answer.mermaid, '\n'), 'mermaid', 'spec-lsp graph')
  end)
end

function M.verbs.template()
  spec.ask('specLsp.showTemplate', { uri = here() }, function(answer)
    if not answer then
      vim.notify('This document has no template', vim.log.levels.INFO)
    elseif vim.startswith(answer.uri, 'spec-lsp-builtin:') then
      spec.ask('specLsp.templateText', { uri = answer.uri }, function(template)
        scratch(vim.split(template.text, '\n'), 'markdown', answer.uri)
      end)
    else
      vim.cmd('edit ' .. vim.fn.fnameescape(vim.uri_to_fname(answer.uri)))
    end
  end)
end

function M.verbs.status()
  spec.ask('specLsp.status', { uri = here() }, function(state)
    if not state then
      vim.notify('This document has no template', vim.log.levels.INFO)
      return
    end
    local parts = { state.template, state.percent .. '% complete' }
    if state.status ~= '' then
      table.insert(parts, 2, state.status)
    end
    if state.placeholders > 0 then
      table.insert(parts, state.placeholders .. ' placeholders left')
    end
    if state.tasks[2] > 0 then
      table.insert(parts, ('tasks %d/%d'):format(state.tasks[1], state.tasks[2]))
    end
    vim.notify(table.concat(parts, ' · '), vim.log.levels.INFO)
  end)
end

-- List all documents in the quickfix list.
function M.verbs.list()
  spec.ask('specLsp.documents', nil, function(documents)
    local items = {}
    for _, each in ipairs(documents) do
      local name = each.id ~= '' and each.id .. ' ' .. each.title or each.title
      local text = ('%s · %s · %d%%'):format(
        name,
        each.status ~= '' and each.status or each.kindName,
        each.percent
      )
      table.insert(items, { filename = vim.uri_to_fname(each.uri), lnum = 1, text = text })
    end
    vim.fn.setqflist({}, ' ', { title = 'Specifications', items = items })
    vim.cmd('botright copen')
  end)
end

function M.verbs.refresh()
  spec.ask('specLsp.restartIndex')
end

function M.verbs.restart()
  local client = spec.client()
  if client then
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop()
    else
      vim.lsp.stop_client(client.id)
    end
  end
  require('spec_lsp.older').forget()
  vim.defer_fn(function()
    vim.cmd('doautoall FileType markdown')
  end, 500)
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

function M.complete(lead, line)
  local words = vim.split(line, '%s+')
  local names = vim.tbl_keys(M.verbs)
  if words[2] == 'new' and #words == 3 then
    names = M.kinds()
  elseif #words > 2 then
    return {}
  end
  table.sort(names)
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

-- Wait at most 1 s, because completion blocks the editor.
function M.kinds()
  local found
  spec.ask('specLsp.templates', { uri = here() }, function(templates)
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
