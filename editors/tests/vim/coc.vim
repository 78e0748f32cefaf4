execute 'source ' . expand('<sfile>:p:h') . '/common.vim'
execute 'set runtimepath^=' . $COC_NVIM
let g:coc_config_home = $EDITORS . '/vim'
let g:coc_disable_startup_warning = 1
inoremap <silent><expr> <C-x><C-o> coc#refresh()
nnoremap <silent> K :call CocActionAsync('doHover')<CR>
nmap gd <Plug>(coc-definition)
nmap <Leader>r <Plug>(coc-rename)
nmap <Leader>a <Plug>(coc-codeaction-cursor)
