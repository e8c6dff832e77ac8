using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>
/// A seeded network of operations put together at random: values are used several times, added to themselves, given out in
/// the middle of the network or never used; modules are applied to more than one value; blocks are those of real networks.
/// </summary>
internal sealed class RandomNetwork : Network
{
    private const int LargestMap = 14;
    private const int LargestKernel = 5;
    private static readonly int[] Channels = [1, 2, 3, 4, 5, 8, 15, 16, 17, 32, 33, 40];
    private readonly List<Func<IReadOnlyList<Value>, Value>> _steps = [];
    private readonly List<(Module Module, int Channels)> _modules = [];
    private readonly ParameterScope _root;
    private readonly Random _random;
    private readonly int[] _outputs;

    public RandomNetwork(int seed) : this(new ParameterScope(), new Random(seed))
    {
        Seed = seed;
        this.FillRandomly(seed);
    }

    private RandomNetwork(ParameterScope root, Random random) : base(root)
    {
        _root = root;
        _random = random;
        InputShape = [1, Pick(Channels), random.Next(1, LargestMap), random.Next(1, LargestMap)];
        int steps = random.Next(1, 16);
        var values = new List<Value>();
        Graph.Trace(InputShape, input =>
        {
            values.Add(input);
            while (_steps.Count < steps) AddBlock(values);
            return values;
        });
        _outputs = [values.Count - 1, .. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(values.Count))];
    }

    public override string Name => $"random network {Seed}";

    public Shape InputShape { get; }

    private int Seed { get; }

    public override IReadOnlyList<Value> Forward(Value input)
    {
        var values = new List<Value> { input };
        foreach (var step in _steps) values.Add(step(values));
        return [.. _outputs.Select(index => values[index])];
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool Chance(double share) => _random.NextDouble() < share;

    /// <summary>One operation, or one of the sequences that the compiler has a rule for.</summary>
    private void AddBlock(List<Value> values)
    {
        int from = Chance(0.7) ? values.Count - 1 : _random.Next(values.Count);
        switch (_random.Next(14))
        {
            case 0 or 1 or 2: AddConvolution(values, from); break;
            case 3: AddTransposed(values, from); break;
            case 4: AddNorm(values, from); break;
            case 5: AddActivation(values, from); break;
            case 6: AddSum(values, from); break;
            case 7: AddPool(values, from); break;
            case 8: AddUpsample(values, from); break;
            case 9: AddAgain(values, from); break;
            case 10: AddConvNormActivation(values, from); break;
            case 11 or 12: AddResidualBlock(values, from); break;
            default: AddNormOfSum(values, from); break;
        }
    }

    private int Apply(List<Value> values, Func<IReadOnlyList<Value>, Value> step)
    {
        values.Add(step(values));
        _steps.Add(step);
        return values.Count - 1;
    }

    private int Apply(List<Value> values, int from, Module module)
    {
        _modules.Add((module, values[from].Shape[1]));
        return Apply(values, all => module.Forward(all[from]));
    }

    private ParameterScope NewScope() => _root / _steps.Count;

    private void AddConvolution(List<Value> values, int from)
    {
        Shape map = values[from].Shape;
        int kernel = Pick([1, 1, 2, 3, 3, LargestKernel]), padding = _random.Next(kernel / 2 + 1), stride = Pick([1, 1, 2, 3]);
        if (Math.Min(map[2], map[3]) + 2 * padding < kernel) (kernel, padding) = (1, 0);
        int[] groups = [.. Enumerable.Range(1, map[1]).Where(g => map[1] % g == 0)];
        int group = Chance(0.5) ? 1 : Chance(0.5) ? map[1] : Pick(groups);
        int wanted = group == map[1] && Chance(0.8) ? group : Pick(Channels);
        int outputs = Math.Max(1, wanted / group) * group;
        Apply(values, from, new Conv2d(NewScope(), map[1], outputs, kernel, stride, padding, group, bias: Chance(0.5)));
    }

    private int AddSameConvolution(List<Value> values, int from)
    {
        int channels = values[from].Shape[1], kernel = Pick([1, 3]);
        return Apply(values, from, new Conv2d(NewScope(), channels, channels, kernel, padding: kernel / 2, groups: Chance(0.3) ? channels : 1, bias: Chance(0.3)));
    }

    private void AddTransposed(List<Value> values, int from)
    {
        Shape map = values[from].Shape;
        int stride = Pick([1, 2, 3]), kernel = _random.Next(stride, LargestKernel + 1), padding = _random.Next(kernel / 2 + 1);
        int Length(int length) => (length - 1) * stride - 2 * padding + kernel;
        if (Length(map[2]) is < 1 or > 2 * LargestMap || Length(map[3]) is < 1 or > 2 * LargestMap) return;
        Apply(values, from, new ConvTranspose2d(NewScope(), map[1], Pick(Channels), kernel, stride, padding, bias: Chance(0.5)));
    }

    private int AddNorm(List<Value> values, int from) =>
        Apply(values, from, new BatchNorm2d(NewScope(), values[from].Shape[1], eps: Pick([1e-5f, 1e-3f])));

    private int AddActivation(List<Value> values, int from) =>
        Chance(0.5) ? Apply(values, all => all[from].Relu()) : Apply(values, all => all[from].Relu6());

    private void AddSum(List<Value> values, int from)
    {
        int[] others = [.. Enumerable.Range(0, values.Count).Where(index => values[index].Shape == values[from].Shape)];
        int other = Pick(others);
        if (Chance(0.5)) AddTo(values, from, other);
        else AddTo(values, other, from);
    }

    private int AddTo(List<Value> values, int left, int right) => Apply(values, all => all[left] + all[right]);

    private void AddPool(List<Value> values, int from)
    {
        Shape map = values[from].Shape;
        int kernel = Pick([2, 3]), padding = _random.Next(kernel / 2 + 1), stride = Pick([1, 2]);
        if (Math.Min(map[2], map[3]) + 2 * padding < kernel) return;
        Apply(values, all => all[from].MaxPool2d(kernel, stride, padding));
    }

    private void AddUpsample(List<Value> values, int from)
    {
        Shape map = values[from].Shape;
        int scale = Pick([1, 2, 3]), height = _random.Next(1, LargestMap), width = _random.Next(1, LargestMap);
        bool alignCorners = Chance(0.5);
        if (Chance(0.5)) Apply(values, all => all[from].UpsampleBilinear(height, width, alignCorners));
        else if (Math.Max(map[2], map[3]) * scale <= 2 * LargestMap) Apply(values, all => all[from].UpsampleNearest(scale));
    }

    /// <summary>A module that the network has already, applied to another value.</summary>
    private void AddAgain(List<Value> values, int from)
    {
        Shape map = values[from].Shape;
        bool isLargeEnough = Math.Min(map[2], map[3]) >= LargestKernel;
        var fitting = _modules.Where(m => m.Channels == map[1] && (m.Module is BatchNorm2d || (m.Module is Conv2d && isLargeEnough))).ToList();
        if (fitting.Count > 0) Apply(values, from, Pick(fitting).Module);
    }

    private void AddConvNormActivation(List<Value> values, int from)
    {
        AddConvolution(values, from);
        AddNorm(values, values.Count - 1);
        AddActivation(values, values.Count - 1);
    }

    private void AddResidualBlock(List<Value> values, int from)
    {
        int branch = AddSameConvolution(values, from);
        if (Chance(0.5)) branch = AddNorm(values, branch);
        if (Chance(0.5)) branch = AddActivation(values, branch);
        if (Chance(0.5)) branch = AddNorm(values, AddSameConvolution(values, branch));
        int sum = AddTo(values, branch, from);
        if (Chance(0.7)) AddActivation(values, sum);
    }

    private void AddNormOfSum(List<Value> values, int from)
    {
        int left = AddSameConvolution(values, from), right = AddSameConvolution(values, Chance(0.5) ? from : left);
        if (Chance(0.5)) left = AddNorm(values, left);
        if (Chance(0.5)) right = AddNorm(values, right);
        if (Chance(0.3)) left = AddTo(values, left, from);
        int sum = AddNorm(values, AddTo(values, left, right));
        if (Chance(0.3)) sum = AddNorm(values, sum);
        if (Chance(0.5)) AddActivation(values, sum);
    }
}
