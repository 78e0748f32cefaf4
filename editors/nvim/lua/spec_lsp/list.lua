-- The documents of the project, as the quickfix list or in a picker.
local window = require('spec_lsp.window')
local M = {}

local COLUMNS = 'id,title,status,complete,tasks,kind'

-- The cell at a position of CSV text, and the position after it; if quoted, it may hold anything.
local function cell(text, at)
  if text:sub(at, at) ~= '"' then
    local after = text:find('[,\r\n]', at) or #text + 1
    return text:sub(at, after - 1), after
  end
  local last = at
  repeat
    last = text:find('"', last + 1, true)
    local doubled = text:sub(last + 1, last + 1) == '"'
    last = doubled and last + 1 or last
  until not doubled
  return text:sub(at + 1, last - 1):gsub('""', '"'):gsub('%s+', ' '), last + 1
end

local function csv(text)
  local rows, row, at = {}, {}, 1
  while at <= #text do
    row[#row + 1], at = cell(text, at)
    if text:sub(at, at) == ',' then
      at = at + 1
    else
      table.insert(rows, row)
      row, at = {}, text:match('^\r?\n()', at) or #text + 1
    end
  end
  return rows
end

--- Call `done` with the documents: `file` and `text`, with the columns below each other.
function M.documents(arguments, done)
  local words, columns = { 'list' }, COLUMNS
  for index, word in ipairs(arguments) do
    local value = word:match('^%-%-columns=(.*)')
    if value or arguments[index - 1] == '--columns' then
      columns = value or word
    elseif word ~= '--columns' then
      table.insert(words, word)
    end
  end
  vim.list_extend(words, { '--columns', 'path,' .. columns, '--format', 'csv' })
  require('spec_lsp.cli').run(words, function(text, root)
    local rows = csv(text)
    table.remove(rows, 1)
    local files = vim.tbl_map(function(row)
      return root .. '/' .. table.remove(row, 1)
    end, rows)
    local found = {}
    for index, line in ipairs(window.aligned(rows)) do
      found[index] = { file = files[index], text = line }
    end
    done(found)
  end)
end

--- Show the documents in the quickfix list.
function M.run(arguments)
  M.documents(arguments, function(documents)
    local items = vim.tbl_map(function(each)
      return { filename = each.file, lnum = 1, text = each.text }
    end, documents)
    vim.fn.setqflist({}, ' ', {
      title = ('%d specifications'):format(#items),
      items = items,
      quickfixtextfunc = M.text,
    })
    vim.cmd('botright copen')
    vim.wo.wrap = false
  end)
end

--- The lines of the quickfix list: the columns, without file names.
function M.text(info)
  local list = vim.fn.getqflist({ id = info.id, items = 1 }).items
  local lines = {}
  for index = info.start_idx, info.end_idx do
    table.insert(lines, list[index].text)
  end
  return lines
end

--- Choose a document in a picker, and open it.
function M.find(arguments)
  M.documents(arguments, function(documents)
    require('spec_lsp.picker').choose(documents, 'Specifications')
  end)
end

return M
