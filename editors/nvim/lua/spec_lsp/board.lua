-- The documents as cards in one column for each stage.
local window = require('spec_lsp.window')
local M = {}

local STAGES = {
  { 'draft', 'Draft' },
  { 'active', 'In progress' },
  { 'final', 'Final' },
  { 'dropped', 'Dropped' },
  { '', 'No status' },
}
local LEAST, GAP = 18, 2 -- cells of a column, and between two

-- The two lines of a card.
local function card(document)
  local about = { document.status or document.kind, math.floor(document.completeness * 100 + 1e-6) .. '%' }
  if document.tasks and document.tasks.open > 0 then
    table.insert(about, document.tasks.open .. ' open tasks')
  end
  local name = vim.trim((document.id or '') .. ' ' .. (document.title or ''))
  return { name ~= '' and name or document.path, '  ' .. table.concat(about, ' · ') }
end

--- The lines of the board, and the documents: those of a column, from top to bottom.
function M.lay_out(documents, room)
  local columns = {}
  for _, stage in ipairs(STAGES) do
    local own = vim.tbl_filter(function(each)
      return (each.stage or '') == stage[1]
    end, documents)
    if #own > 0 then
      table.insert(columns, { title = ('%s (%d)'):format(stage[2], #own), documents = own })
    end
  end
  local width = math.max(LEAST, math.floor(room / math.max(#columns, 1)) - GAP)
  local height, lines = 0, {}
  for _, column in ipairs(columns) do
    column.lines = { column.title, ('─'):rep(width) }
    for _, each in ipairs(column.documents) do
      vim.list_extend(column.lines, card(each))
      table.insert(column.lines, '')
    end
    height = math.max(height, #column.lines)
  end
  for row = 1, height do
    local cells = {}
    for _, column in ipairs(columns) do
      table.insert(cells, window.fit(column.lines[row] or '', width))
    end
    table.insert(lines, (table.concat(cells, (' '):rep(GAP)):gsub('%s+$', '')))
  end
  return lines, columns, width + GAP
end

--- Show the board; the arguments are the filters of `spec-lsp list`.
function M.run(arguments)
  local words = vim.list_extend({ 'list' }, arguments)
  require('spec_lsp.cli').json(words, function(found, root)
    local lines, columns, width = M.lay_out(found.documents, vim.o.columns)
    if #columns == 0 then
      vim.notify('No documents found', vim.log.levels.INFO)
      return
    end
    local function under(line, column)
      local own = columns[math.floor((column - 1) / width) + 1]
      return own and own.documents[math.floor((line - 3) / 3) + 1]
    end
    window.show(lines, {
      name = 'board',
      open = function(line, column)
        local document = under(line, column)
        return document and root .. '/' .. document.path
      end,
    })
    vim.api.nvim_win_set_cursor(0, { 3, 0 })
  end)
end

return M
