-- The command :Spec, with completion of subcommands and their arguments.
if vim.g.loaded_spec_lsp then
  return
end
vim.g.loaded_spec_lsp = true

vim.api.nvim_create_user_command('Spec', function(call)
  require('spec_lsp.verbs').run(call.fargs)
end, {
  nargs = '*',
  desc = 'Specs: new, next, graph, ...',
  complete = function(lead, line)
    return require('spec_lsp.verbs').complete(lead, line)
  end,
})
