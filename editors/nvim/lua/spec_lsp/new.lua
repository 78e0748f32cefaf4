-- New documents, also where no Markdown file is open: a server is started if none runs.
local spec = require('spec_lsp')
local server = require('spec_lsp.server')
local M = {}

--- Open a new file with its text; the cursor is at the first tab stop.
function M.open(answer)
  if not answer then
    vim.notify('Place the cursor on an ID that is not defined in any document', vim.log.levels.INFO)
    return
  end
  require('spec_lsp.window').edit(vim.uri_to_fname(answer.uri))
  vim.fn.mkdir(vim.fn.expand('%:p:h'), 'p')
  if vim.snippet then
    vim.snippet.expand(answer.snippet)
  else
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(answer.plain, '\n'))
  end
end

-- The arguments of a command, with the buffer if the server has it.
local function given(more)
  if server.client(0) then
    more.uri = vim.uri_from_bufnr(0)
  end
  return next(more) and more or vim.empty_dict()
end

--- Call `done` with the templates.
function M.templates(done)
  server.reach(function(client)
    spec.execute(client, 'specLsp.templates', given({}), done)
  end)
end

local function create(kind, title)
  server.reach(function(client)
    spec.execute(client, 'specLsp.new', given({ kind = kind, title = title }), M.open)
  end)
end

local function ask_title(kind)
  vim.ui.input({ prompt = 'Title: ' }, function(title)
    if title and title ~= '' then
      create(kind, title)
    end
  end)
end

--- Create a document; ask for a missing kind or title.
function M.run(arguments)
  local kind = table.remove(arguments, 1)
  local title = table.concat(arguments, ' ')
  if kind and title ~= '' then
    create(kind, title)
  elseif kind then
    ask_title(kind)
  else
    M.templates(function(templates)
      vim.ui.select(templates, {
        prompt = 'New document',
        kind = 'spec_lsp',
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
end

return M
