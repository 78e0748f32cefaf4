-- Choosing a file: in an installed picker, or with vim.ui.select.
local M = {}

M.pickers = {}

M.pickers['snacks'] = function(documents, title)
  local items = {}
  for index, each in ipairs(documents) do
    items[index] = { idx = index, text = each.text, file = each.file, pos = { 1, 0 } }
  end
  require('snacks').picker.pick({ title = title, items = items, format = 'text', preview = 'file' })
end

M.pickers['fzf-lua'] = function(documents, title)
  local lines = {}
  for _, each in ipairs(documents) do
    table.insert(lines, ('%s:1:\t%s'):format(each.file, each.text))
  end
  require('fzf-lua').fzf_exec(lines, {
    prompt = title .. '> ',
    previewer = 'builtin',
    fzf_opts = { ['--delimiter'] = '\t', ['--with-nth'] = '2..' },
    actions = require('fzf-lua').defaults.actions.files,
  })
end

M.pickers['telescope'] = function(documents, title)
  local config = require('telescope.config').values
  local finder = require('telescope.finders').new_table({
    results = documents,
    entry_maker = function(each)
      return { value = each, display = each.text, ordinal = each.text, path = each.file, lnum = 1 }
    end,
  })
  require('telescope.pickers')
    .new({}, {
      prompt_title = title,
      finder = finder,
      sorter = config.generic_sorter({}),
      previewer = config.file_previewer({}),
    })
    :find()
end

M.pickers['select'] = function(documents, title)
  vim.ui.select(documents, {
    prompt = title,
    kind = 'spec_lsp',
    format_item = function(each)
      return each.text
    end,
  }, function(chosen)
    if chosen then
      require('spec_lsp.window').edit(chosen.file)
    end
  end)
end

--- The name of the picker in use: the one of the option `picker`, or the first that is installed.
function M.name()
  local wanted = require('spec_lsp').options.picker
  if wanted ~= 'auto' then
    return wanted
  end
  for _, name in ipairs({ 'snacks', 'fzf-lua', 'telescope' }) do
    if pcall(require, name == 'telescope' and 'telescope.pickers' or name) then
      return name
    end
  end
  return 'select'
end

--- Choose one of the documents, and open it.
function M.choose(documents, title)
  if #documents == 0 then
    vim.notify('No documents found', vim.log.levels.INFO)
    return
  end
  local name = M.name()
  if M.pickers[name] then
    M.pickers[name](documents, title)
  else
    vim.notify(('spec-lsp: unknown picker “%s”'):format(name), vim.log.levels.ERROR)
  end
end

return M
