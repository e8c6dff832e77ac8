using System.Globalization;
using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>
/// A place in the tree of a network's names. Modules get one in their constructor, walk down with <c>/</c> and declare their
/// parameters there, so that a parameter's path is its name in the original's checkpoint: <c>scope / "stage" / 0 / "inv"</c>.
/// </summary>
public sealed class ParameterScope
{
    private readonly List<Parameter> _declared;
    private readonly HashSet<string> _names;

    /// <summary>Makes the root of a new tree.</summary>
    public ParameterScope() : this("", [], [])
    {
    }

    private ParameterScope(string path, List<Parameter> declared, HashSet<string> names)
    {
        Path = path;
        _declared = declared;
        _names = names;
    }

    /// <summary>The names from the root to here, joined by dots; empty at the root.</summary>
    public string Path { get; }

    /// <summary>All parameters declared so far in the whole tree, in the order of declaration.</summary>
    public IReadOnlyList<Parameter> Parameters => _declared;

    /// <summary>The scope of the given name below this one.</summary>
    public static ParameterScope operator /(ParameterScope scope, string name) => new(Join(scope.Path, name), scope._declared, scope._names);

    /// <summary>The scope of the given position below this one, as in a <c>ModuleList</c> or <c>Sequential</c>.</summary>
    public static ParameterScope operator /(ParameterScope scope, int index) => scope / index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Declares a learned parameter here.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Parameter Parameter(string name, Shape shape) => Declare(name, shape, isBuffer: false, isOptional: false);

    /// <summary>Declares a tensor that is kept rather than learned.</summary>
    /// <inheritdoc cref="Parameter"/>
    public Parameter Buffer(string name, Shape shape, bool isOptional = false) => Declare(name, shape, isBuffer: true, isOptional);

    /// <inheritdoc/>
    public override string ToString() => Path;

    private Parameter Declare(string name, Shape shape, bool isBuffer, bool isOptional)
    {
        var parameter = new Parameter(Join(Path, name), shape, isBuffer, isOptional);
        if (!_names.Add(parameter.Name)) throw new ArgumentException($"The parameter {parameter.Name} is declared twice.", nameof(name));
        _declared.Add(parameter);
        return parameter;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
