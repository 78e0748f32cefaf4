-- Runs the command line of spec-lsp, for what concerns the whole project.
local M = {}

--- The program with its first arguments: everything before `serve`.
function M.command()
  local words = {}
  for _, word in ipairs(require('spec_lsp').options.cmd) do
    if word == 'serve' then
      break
    end
    table.insert(words, word)
  end
  return require('spec_lsp.program').command(words)
end

-- The message in an error, which may be in a frame.
local function message(text)
  local framed = {}
  for line in text:gmatch('[^\n]+') do
    local inner = line:match('^│%s*(.-)%s*│$')
    if inner then
      table.insert(framed, inner)
    end
  end
  text = #framed > 0 and table.concat(framed, ' ') or vim.trim(text)
  return (text:gsub('^error: ', ''))
end

--- Run spec-lsp in the root of the project; `done` is called with its output and the root.
function M.run(arguments, done)
  local root = require('spec_lsp.root').current()
  local output, errors = {}, {}
  local words = vim.list_extend(M.command(), arguments)
  local fine, job = pcall(vim.fn.jobstart, words, {
    cwd = root,
    env = { NO_COLOR = '1', COLUMNS = '1000' },
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines)
      output = lines
    end,
    on_stderr = function(_, lines)
      errors = lines
    end,
    on_exit = function(_, code)
      -- 1 means that there are problems, and the output lists them.
      local text = table.concat(output, '\n')
      if code == 0 or code == 1 and text ~= '' then
        done(text, root)
      else
        local why = message(table.concat(errors, '\n'))
        vim.notify('spec-lsp: ' .. (why ~= '' and why or 'exit code ' .. code), vim.log.levels.ERROR)
      end
    end,
  })
  if not fine or job <= 0 then
    vim.notify('spec-lsp could not be started; run :checkhealth spec_lsp', vim.log.levels.ERROR)
  end
end

--- Run spec-lsp with JSON as the output format.
function M.json(arguments, done)
  local words = vim.list_extend(vim.deepcopy(arguments), { '--format', 'json' })
  M.run(words, function(text, root)
    done(vim.json.decode(text, { luanil = { object = true, array = true } }), root)
  end)
end

return M
