" ALE: specifications in Markdown. ALE finds this file when its folder is on the 'runtimepath'.

call ale#Set('markdown_spec_lsp_executable', 'spec-lsp')
call ale#Set('markdown_spec_lsp_config', {})

" The nearest folder with a configuration or repository, otherwise the folder of the file.
function! SpecLspProjectRoot(buffer) abort
  for l:marker in ['spec-lsp.toml', '.spec-lsp.toml']
    let l:file = ale#path#FindNearestFile(a:buffer, l:marker)
    if !empty(l:file)
      return fnamemodify(l:file, ':h')
    endif
  endfor
  for l:marker in ['.spec-lsp', '.git']
    let l:folder = ale#path#FindNearestDirectory(a:buffer, l:marker)
    if !empty(l:folder)
      return fnamemodify(l:folder, ':h:h')
    endif
  endfor
  return expand('#' . a:buffer . ':p:h')
endfunction

call ale#linter#Define('markdown', {
\   'name': 'spec_lsp',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'markdown_spec_lsp_executable')},
\   'command': '%e serve',
\   'project_root': function('SpecLspProjectRoot'),
\   'initialization_options': {buffer -> ale#Var(buffer, 'markdown_spec_lsp_config')},
\})
