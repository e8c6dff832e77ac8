using Akimbo.Tensors;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>Some neighbouring values of one parameter, with what an optimizer needs to change them.</summary>
/// <param name="rate">The learning rate.</param>
/// <param name="weightDecay">The weight decay.</param>
/// <param name="values">The values.</param>
/// <param name="gradient">Their gradients.</param>
/// <param name="first">What the optimizer remembers of each value; empty where it remembers nothing.</param>
/// <param name="second">The same, a second number.</param>
/// <param name="third">The same, a third number.</param>
internal readonly ref struct UpdateRange(double rate, double weightDecay, Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, Span<float> third)
{
    public readonly double Rate = rate;
    public readonly double WeightDecay = weightDecay;
    public readonly Span<float> Values = values;
    public readonly ReadOnlySpan<float> Gradient = gradient;
    public readonly Span<float> First = first;
    public readonly Span<float> Second = second;
    public readonly Span<float> Third = third;

    /// <summary>Neighbouring values of the range.</summary>
    public UpdateRange Slice(int from, int count) => new(Rate, WeightDecay, Values.Slice(from, count), Gradient.Slice(from, count),
        First.IsEmpty ? [] : First.Slice(from, count), Second.IsEmpty ? [] : Second.Slice(from, count), Third.IsEmpty ? [] : Third.Slice(from, count));

    /// <summary>A copy in memory for five vectors, padded by what the memory holds.</summary>
    public UpdateRange Into(Span<float> memory)
    {
        int length = memory.Length / 5;
        Span<float> values = memory[..length], gradient = memory.Slice(length, length);
        Span<float> first = memory.Slice(2 * length, length), second = memory.Slice(3 * length, length), third = memory.Slice(4 * length, length);
        Values.CopyTo(values);
        Gradient.CopyTo(gradient);
        First.CopyTo(first);
        Second.CopyTo(second);
        Third.CopyTo(third);
        return new UpdateRange(Rate, WeightDecay, values, gradient, First.IsEmpty ? [] : first, Second.IsEmpty ? [] : second, Third.IsEmpty ? [] : third);
    }

    /// <summary>Copies what has changed back to where <see cref="Into"/> took it from.</summary>
    public void CopyBack(in UpdateRange to)
    {
        Values[..to.Values.Length].CopyTo(to.Values);
        First[..to.First.Length].CopyTo(to.First);
        Second[..to.Second.Length].CopyTo(to.Second);
        Third[..to.Third.Length].CopyTo(to.Third);
    }
}

/// <summary>An optimizer's step in parts: large parameters are split, small ones share a part.</summary>
internal sealed class UpdateWork : IParallelWork
{
    private const int PartLength = 64 * 1024;
    private readonly Optimizer _optimizer;
    private readonly List<(ParameterGroup Group, TrainedParameter Parameter, Tensor[] State)> _parameters = [];
    private readonly List<List<(int Parameter, int First, int Count)>> _parts = [];

    public UpdateWork(Optimizer optimizer, IReadOnlyList<ParameterGroup> groups, int slots)
    {
        _optimizer = optimizer;
        int room = 0;
        foreach (var group in groups)
            foreach (var parameter in group.Parameters)
            {
                int length = (int)parameter.Parameter.Shape.ElementCount;
                for (int first = 0; first < length; first += PartLength)
                {
                    int count = Math.Min(PartLength, length - first);
                    if (count > room)
                    {
                        _parts.Add([]);
                        room = PartLength;
                    }

                    _parts[^1].Add((_parameters.Count, first, count));
                    room -= count;
                }

                _parameters.Add((group, parameter, [.. Enumerable.Range(0, slots).Select(_ => new Tensor(parameter.Parameter.Shape))]));
            }
    }

    /// <summary>Parts that can run at the same time.</summary>
    public int Chunks => _parts.Count;

    /// <summary>What the optimizer remembers of a parameter.</summary>
    public Tensor StateOf(TrainedParameter parameter, int slot) => _parameters.Single(entry => entry.Parameter == parameter).State[slot];

    public void Run(int chunk, int worker)
    {
        foreach (var (index, first, count) in _parts[chunk])
        {
            var (group, parameter, state) = _parameters[index];
            _optimizer.Update(new UpdateRange(_optimizer.LearningRate * group.LearningRateFactor, _optimizer.WeightDecayOf(group),
                parameter.Value.Span.Slice(first, count), parameter.Gradient.Span.Slice(first, count), Slot(0), Slot(1), Slot(2)));

            Span<float> Slot(int slot) => slot < state.Length ? state[slot].Span.Slice(first, count) : [];
        }
    }
}
