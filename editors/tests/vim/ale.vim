execute 'source ' . expand('<sfile>:p:h') . '/common.vim'
let g:ale_linters = {'markdown': ['spec_lsp']}
let g:ale_linters_explicit = 1
let g:ale_hover_to_preview = 1
packadd ale
autocmd FileType markdown setlocal omnifunc=ale#completion#OmniFunc
nmap K <Plug>(ale_hover)
nmap gd <Plug>(ale_go_to_definition)
nnoremap <Leader>r :ALERename<CR>
nnoremap <Leader>a :ALECodeAction<CR>
