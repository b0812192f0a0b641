/* The theme button: auto, light, dark. Without scripts it stays hidden and the page follows the system. */
(function(){
var root=document.documentElement,dark=document.getElementById('dark'),button=document.getElementById('theme'),names=['auto','light','dark'],key='microseg-theme',now='auto';
try{now=localStorage.getItem(key)||now}catch(e){}
function show(){if(now==='auto')root.removeAttribute('data-theme');else root.setAttribute('data-theme',now);if(dark)dark.media=now==='dark'?'screen':now==='light'?'not all':'screen and (prefers-color-scheme:dark)';button.textContent='Theme: '+now}
button.hidden=false;
button.onclick=function(){now=names[(names.indexOf(now)+1)%3];try{localStorage.setItem(key,now)}catch(e){}show()};
show()})();
