using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Summary.Drawing;

/// <summary>What a block of a drawing is.</summary>
internal enum BlockKind
{
    Input,
    Module,
    Sum,
    Output,
}

/// <summary>A part of a network drawn as one: a module with everything in it, a sum, the input or an output.</summary>
/// <param name="kind">What it is.</param>
/// <param name="path">The module's path, or the output's name.</param>
internal sealed class Block(BlockKind kind, string path)
{
    private readonly List<Value> _members = [];

    public BlockKind Kind => kind;

    public string Path => path;

    /// <summary>The operations in it, in order.</summary>
    public IReadOnlyList<Value> Members => _members;

    /// <summary>The blocks it reads, and those that read it.</summary>
    public List<Block> Sources { get; } = [];

    public List<Block> Targets { get; } = [];

    /// <summary>The shape of its result.</summary>
    public Shape Shape { get; private set; }

    /// <summary>Multiply-adds of all its operations.</summary>
    public long MultiplyAdds { get; private set; }

    /// <summary>Learned numbers of all its operations.</summary>
    public long Parameters { get; private set; }

    /// <summary>Takes in an operation.</summary>
    /// <param name="value">Its result.</param>
    /// <param name="isResult">Whether the block's result is now this one.</param>
    public void Add(Value value, bool isResult = true)
    {
        _members.Add(value);
        if (isResult) Shape = value.Shape;
        if (kind == BlockKind.Output) return;
        MultiplyAdds += value.Operation.MultiplyAdds([.. value.Inputs.Select(input => input.Shape)]);
        Parameters += value.Operation.Parameters.Where(parameter => !parameter.IsBuffer).Sum(parameter => parameter.Shape.ElementCount);
    }

    /// <summary>Draws an arrow to another block, once.</summary>
    public void Connect(Block target)
    {
        if (target == this || Targets.Contains(target)) return;
        Targets.Add(target);
        target.Sources.Add(this);
    }

    /// <summary>Operations by kind, as in "3 Conv2d, 3 BatchNorm2d".</summary>
    public string Contents => string.Join(", ", _members.Where(value => value.Operation is not Input)
        .GroupBy(value => value.Operation.Kind).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));

    /// <inheritdoc/>
    public override string ToString() => $"{kind} {path}";
}
