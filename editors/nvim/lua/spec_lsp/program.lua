-- Where a program is: Neovim itself would also search the current folder (on Windows) and relative
-- entries of the PATH, and so the workspace.
local M = {}

local windows = vim.fn.has('win32') == 1

local function is_absolute(folder)
  if windows then
    return folder:find('^%a:[/\\]') or folder:find('^[/\\][/\\]')
  end
  return folder:sub(1, 1) == '/'
end

--- The absolute path of a program on the PATH, or nil; what is named by a path stays as it is.
function M.find(name)
  if name:find('[/\\]') then
    return name
  end
  for _, folder in ipairs(vim.split(vim.env.PATH or '', windows and ';' or ':', { plain = true })) do
    local file = folder .. '/' .. name
    if is_absolute(folder) and vim.fn.executable(file) == 1 then
      return vim.fn.exepath(file)
    end
  end
end

--- A command with its program found; without one, its name says so in the error of Neovim.
function M.command(words)
  local found = { M.find(words[1]) or (words[1] .. ' (not on the PATH)') }
  return vim.list_extend(found, words, 2)
end

return M
