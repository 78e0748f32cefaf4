-- The graph of references as an indented tree: around the current document, or of all documents.
local cli = require('spec_lsp.cli')
local window = require('spec_lsp.window')
local M = {}

local DEPTH = 3 -- references to follow from the current document

-- Take the value of an option out of the arguments.
local function take(arguments, option)
  for index, word in ipairs(arguments) do
    local value = word:match('^' .. vim.pesc(option) .. '=(.*)')
    if value or word == option then
      table.remove(arguments, index)
      return value or table.remove(arguments, index) or ''
    end
  end
end

local function label(node)
  local name = vim.trim((node.id or '') .. ' ' .. (node.title or ''))
  local status = node.status and node.status ~= '' and ' · ' .. node.status or ''
  return (name ~= '' and name or node.path) .. status
end

-- The neighbours of each document: those that it refers to, or those that refer to it.
local function neighbours(edges, from, to)
  local found = {}
  for _, edge in ipairs(edges) do
    found[edge[from]] = found[edge[from]] or {}
    table.insert(found[edge[from]], { path = edge[to], label = edge.label })
  end
  for _, each in pairs(found) do
    table.sort(each, function(one, other)
      return one.path < other.path
    end)
  end
  return found
end

--- The lines of the tree, and the document of each line; a document is unfolded once per direction.
function M.tree(graph, start, depth)
  local nodes, lines, paths = {}, {}, {}
  for _, node in ipairs(graph.nodes) do
    nodes[node.path] = node
  end
  local function add(text, path)
    table.insert(lines, text)
    table.insert(paths, path or false)
  end
  local function grow(path, next_of, indent, seen, left)
    for _, each in ipairs(next_of[path] or {}) do
      local relation = each.label and each.label ~= '' and each.label .. ': ' or ''
      local unfolds = next_of[each.path] and not seen[each.path] and left > 1
      local more = next_of[each.path] and not unfolds and ' …' or ''
      add(('  '):rep(indent) .. relation .. label(nodes[each.path]) .. more, each.path)
      if unfolds then
        seen[each.path] = true
        grow(each.path, next_of, indent + 1, seen, left - 1)
      end
    end
  end
  local out, into = neighbours(graph.edges, 'from', 'to'), neighbours(graph.edges, 'to', 'from')
  if start then
    add(label(nodes[start]), start)
    for _, part in ipairs({ { 'refers to', out }, { 'referenced by', into } }) do
      add('  ' .. part[1] .. (part[2][start] and '' or ': nothing'))
      grow(start, part[2], 2, { [start] = true }, depth)
    end
    return lines, paths
  end
  local seen = {}
  local function unfold(node)
    seen[node.path] = true
    add(label(node), node.path)
    grow(node.path, out, 1, seen, depth)
  end
  for _, node in ipairs(graph.nodes) do
    if not into[node.path] then
      unfold(node)
    end
  end
  for _, node in ipairs(graph.nodes) do
    if into[node.path] and not seen[node.path] and out[node.path] then
      unfold(node)
    end
  end
  return lines, paths
end

local function show(graph, root, start, depth)
  local lines, paths = M.tree(graph, start, depth)
  if #lines == 0 then
    vim.notify('No documents found', vim.log.levels.INFO)
    return
  end
  window.show(lines, {
    name = 'graph',
    open = function(line)
      return paths[line] and root .. '/' .. paths[line]
    end,
  })
  vim.bo.shiftwidth = 2
  vim.wo.foldmethod, vim.wo.foldlevel = 'indent', 99
end

-- The path of the current file below the root, as the command line writes it.
local function current(root)
  local real = vim.loop.fs_realpath
  local file, folder = real(vim.api.nvim_buf_get_name(0)), real(root)
  if file and folder and vim.startswith(file, folder .. '/') then
    return file:sub(#folder + 2)
  end
end

-- The document with an ID or path.
local function find(graph, wanted)
  for _, node in ipairs(graph.nodes) do
    if node.path == wanted or node.id == wanted then
      return node.path
    end
  end
end

--- Show the tree, or the text of another format.
function M.run(arguments)
  local words = vim.list_extend({ 'graph' }, arguments)
  local format = take(arguments, '--format')
  if format then
    cli.run(words, function(text)
      window.show(vim.split(vim.trim(text), '\n'), { name = 'graph', filetype = format })
    end)
    return
  end
  local around, depth = take(arguments, '--around'), take(arguments, '--depth')
  local file = current(require('spec_lsp.root').current())
  cli.json(vim.list_extend({ 'graph' }, arguments), function(graph, root)
    local start = find(graph, around or file)
    if around and not start then
      vim.notify(('spec-lsp: unknown document “%s”'):format(around), vim.log.levels.ERROR)
    else
      show(graph, root, start, tonumber(depth) or DEPTH)
    end
  end)
end

return M
