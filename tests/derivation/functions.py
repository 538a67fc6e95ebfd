"""Functions to differentiate: what learners type, by where they come from. Each is taken by every one of its variables.

They were written down before the rules were tried on them.
"""

LOSSES = """
(y - p)^2
½(y - p)²
(y - w x - b)^2
(σ(w x + b) - y)^2
|y - p|
-(y ln p + (1-y) ln(1-p))
-y ln(σ(z)) - (1-y) ln(1-σ(z))
-ln(1/(1+e^{-z}))
max(0, 1 - y z)
max(0, 1 - y z)^2
ln(cosh(y - p))
ln(1 + e^{-y z})
e^{-y z}
-ln(e^a/(e^a + e^b))
e^a/(e^a + e^b + e^c)
-(1-p)^2 ln p
p ln(p/q)
p ln(p/q) + (1-p) ln((1-p)/(1-q))
½(|a| + a)
√((y-p)^2 + d^2) - d
max(t(y-p), (t-1)(y-p))
d^2(√(1 + (a/d)^2) - 1)
½min(|a|, 1)^2 + max(|a| - 1, 0)
(1 - y p)/(√(y^2) √(p^2))
ln(1 + (y-p)^2/2)
p - y ln p
y/p - ln(y/p) - 1
Σ_{i=1}^{3} (y - w x_i)^2
½Σ_{i=1}^{2} (w x_i + b - y)^2
ln(Σ_{i=1}^{3} e^{x_i})
(y - (w_1 x + w_2))^2 + k(w_1^2 + w_2^2)
|w_1| + |w_2|
-ln(σ(a - b))
max(0, a - b + m)
(1-y)½d^2 + y½max(0, m-d)^2
1 - 2x y/(x^2 + y^2)
"""

ACTIVATIONS = """
relu(x)
relu(2x + 1)
relu(x)^2
leaky_relu(x)
leaky_relu(x, 0.2)
leaky_relu(x, a)
max(a x, x)
sigmoid(x)
σ(2x)
σ(x)(1-σ(x))
x σ(1.702x)
tanh(x)
x tanh(ln(1+e^x))
silu(x)
gelu(x)
softplus(x)
softplus(2x)/2
erf(x)
0.5x(1 + tanh(√(2/π)(x + 0.044715x^3)))
x/(1+|x|)
ln(1+e^x)
1/(1+e^{-x})
(e^x - e^{-x})/(e^x + e^{-x})
arctan(x)
x/√(1+a x^2)
min(max(0, x), 6)
max(0, min(1, 0.2x + 0.5))
x min(max(0, x+3), 6)/6
e^{-x^2}
sin(x) + x
max(x, a(e^x - 1))
1.0507max(0,x) + min(0, 1.75814(e^x - 1))
ln(x^2 + 1)
x - tanh(x)
2/(1+e^{-2x}) - 1
σ(w_2 relu(w_1 x + b_1) + b_2)
tanh(w_2 tanh(w_1 x + b_1) + b_2)
floor(x) + x
sign(x)x^2
max(x, y, 2)
min(x, y, z)
"""

DISTRIBUTIONS = """
e^{-x^2/2}/√(2π)
e^{-(x-m)^2/(2s^2)}/(s√(2π))
-ln(s) - (x-m)^2/(2s^2)
k e^{-k x}
k^x e^{-k}
x^(a-1)(1-x)^(b-1)
x^(a-1)e^{-b x}
1/(π(1+x^2))
1/(π c(1+((x-m)/c)^2))
e^{-|x-m|/b}/(2b)
e^{-x}/(1+e^{-x})^2
(k/c)(x/c)^(k-1)e^{-(x/c)^k}
1 - e^{-(x/c)^k}
a c^a/x^(a+1)
e^{-(x + e^{-x})}
e^{-(ln x)^2/2}/(x√(2π))
(1+x^2/n)^(-(n+1)/2)
½(1 + erf(x/√2))
p^x(1-p)^(5-x)
x e^{-x^2/(2s^2)}/s^2
"""

PHYSICS = """
½m v^2
½g t^2
v t - ½g t^2
A sin(w t + p)
A e^{-k t}cos(w t)
G m M/r^2
-G m M/r
q/(4π r^2)
V e^{-t/(R C)}
V(1 - e^{-t/(R C)})
m/√(1 - v^2/c^2)
2π√(L/g)
n R T/V
n R T/(V - n b) - a n^2/V^2
1/(e^{h/T} - 1)
h^3/(e^{h/T} - 1)
4u((s/r)^12 - (s/r)^6)
D(1 - e^{-a(r-b)})^2
K S/(M + S)
r N(1 - N/K)
K/(1 + a e^{-r t})
L/(1+e^{-k(x-c)})
x/(x^2 + y^2)^(3/2)
√(x^2 + y^2 + z^2)
1/√(x^2 + y^2)
arctan(y/x)
ln(r/a)/(2π)
T(1 - tanh(x/L)^2)
c√(1 + (a/b)^2)
(1+r)^n
P(1 + r/n)^(n t)
N·2^{-t/h}
10^{-p}
B log10(1 + S/N)
x cosh(t) + y sinh(t)
"""

SCHOOL = """
7
x
-x
5x^3
a x^n
3x^2 + e^x + 7
ln(x) + 1/x
3x e^x
2x + 3xy + y^3
e^{3x^2}
xy + 3e^{-x} + y^2
3x ln(y) + y e^{x^2} + 5
-Σ_{i=1}^{2} 3y x_i
x^2 - 5x + 6
(x-1)(x-2)(x-3)
(2x+1)^5
(x^2+1)/(x^2-1)
x/(1+x^2)
1/x^3
3/(2x^2)
√x
1/√x
x√x
x^(1/3)
x^(2/3)
x^(-3/5)
cbrt(x^2 + 1)
root(x, 4)
root(x, 5)
x^2.5
x^0.1
2^x
10^{-x}
x^x
x^{sin x}
(sin x)^x
(1+1/x)^x
a^(x^2)
log2(x)
log10(x^2)
log(x, 3)
log(x, b)
log(3, x)
log(x, x+1)
sin(x)cos(x)
sin(x)^2
sin(x^2)
sin(1/x)
x sin(1/x)
x^2 sin(1/x)
tan(x)
sin(x)/x
cos(x)/(1 - sin(x))
sec(x)tan(x)
csc(2x)
cot(x) + x
arcsin(x)
arccos(2x)
arctan(√x)
arcsec(x)
arccsc(x)
arccot(x)
sinh(x)cosh(x)
sech(x)
csch(x)
coth(x)
arsinh(x)
arcosh(x)
artanh(x)
arsech(x)
arcsch(x)
arcoth(x)
ln(ln(x))
ln(ln(ln(x)))
ln(sin(x))
ln|x|
ln(x)/x
x^2 ln(x)
x ln(x) - x
e^{sin x}
e^x sin(x)
x^2 e^{-x} sin(x)
e^{e^x}
e^{-1/x}
√(1 + √(1 + x))
√(1-x^2)
x√(1-x^2) + arcsin(x)
x/√(1-x^2)
|x|
|x^2 - 1|
x|x|
floor(x)
ceil(x^2)
sign(x - 1)
x^3/(x-1)^2
(x^2+1)^3(x-1)^2
((x+1)/(x-1))^2
(x + 1/x)^3
0.5x**2 + 1.25x
expm1(x)/x
log1p(x^2)
exp(2x)cos(3x)
1/(1 + 1/(1 + 1/x))
x^2y^3z
x^y
(x+y)^(x-y)
ln(x + √(x^2 - 1))
√(x - 3)
√(x - 1000000)
ln(x - 5) + √(7 - x)
arcsin(x - 1000)
arcosh(x)arccos(x/2)
√(x-1)√(1.001-x)
"""

DEEP = """
sin(cos(tan(sin(x))))
e^{sin(ln(x^2 + 1))}
ln(1 + e^{ln(1 + e^x)})
tanh(a + tanh(b + tanh(c + x)))
σ(σ(σ(σ(σ(x)))))
√(1 + √(1 + √(1 + √(1 + x^2))))
(((x^2 + 1)^2 + 1)^2 + 1)^2
x^(x^x)
sin(x^2 e^{-x/(1+x^2)})
ln(arctan(√(1 + e^{2x})))
((x + 1)(x + 2)/((x + 3)(x + 4)))^(1/3)
max(sin(x), cos(x))^2 + |x|^3
relu(σ(x) - 0.5) + relu(-x)
e^{-(x-m)^2/(2s^2)} cos(2π(x - y)/L) + |x y|^1.5
x y z/(x + y + z) + ln(x y) - e^{x z}
(1 + x^2)^(sin(y)) log(y, x)
1/(1 + e^{-(w_1/(1 + e^{-(w_2x + b)}) + c)})
cosh(x)^2 - sinh(x)^2
sin(x)^2 + cos(x)^2
"""

SPECIAL = [
    " ".join(f"(x+{k})" for k in range(1, 31)),
    "x" + "*x" * 99,
    "sin(" * 30 + "x" + ")" * 30,
    "+".join(f"{k}x^{k}" for k in range(1, 40)),
    "Σ_{i=1}^{20} i x^i",
    "1/(1+" * 12 + "x" + ")" * 12,
    "e^(" * 3 + "-x" + ")" * 3,
    "/".join(["x"] + [f"(x+{k})" for k in range(1, 12)]),
]
"""A product of 30 factors and one of 100, functions nested 30 deep, a long sum, a continued fraction, a tower."""

EMPTY = ["√(-1-x^2)", "ln(-x^2)", "arcsin(2+x^2)", "ln(ln(sin x))", "√(x-2)+√(1-x)"]
"""No real point in the domain."""

FUNCTIONS = [
    line
    for table in (LOSSES, ACTIVATIONS, DISTRIBUTIONS, PHYSICS, SCHOOL, DEEP)
    for line in table.split("\n")
    if line.strip()
]
