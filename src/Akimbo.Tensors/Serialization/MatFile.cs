using System.Collections.ObjectModel;
using Akimbo.Tensors.Text;

namespace Akimbo.Tensors.Serialization;

/// <summary>
/// The variables of a MATLAB file of version 5, as <c>save -v6</c> and <c>save -v7</c> write them and
/// <c>scipy.io.savemat</c> does: numbers of all types, text, cell arrays and structs, compressed or not
/// ("MAT-File Format", The MathWorks, chapter 1).
/// </summary>
public sealed class MatFile
{
    /// <summary>The most bytes that the compressed variables of one file may expand to.</summary>
    public const int MaxExpandedLength = 512 << 20;

    /// <summary>The most arrays, counting those inside of cells and structs, that one file may hold.</summary>
    public const int MaxArrays = 8_000_000;

    private readonly string _name;
    private readonly OrderedDictionary<string, MatValue> _variables;

    internal MatFile(string name, OrderedDictionary<string, MatValue> variables)
    {
        _name = name;
        _variables = variables;
        Variables = new ReadOnlyDictionary<string, MatValue>(variables);
    }

    /// <summary>The variables by name, in the file's order.</summary>
    public IReadOnlyDictionary<string, MatValue> Variables { get; }

    /// <summary>The variable of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public MatValue this[string variable] => _variables.TryGetValue(variable, out var value)
        ? value
        : throw new KeyNotFoundException($"{_name} has no variable '{variable}'; it has {string.Join(", ", _variables.Keys)}.{NearestNames.Suggest(variable, _variables.Keys)}");

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is not a sound little-endian MATLAB file of version 5, or exceeds a limit.</exception>
    public static MatFile Load(string path) => Read(FileBytes.Read(path), path);

    /// <summary>Reads the bytes of a file without copying what is not compressed.</summary>
    /// <param name="bytes">The whole file; must not change while its variables are used.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <exception cref="CheckpointFormatException">The bytes are not a sound little-endian MATLAB file of version 5, or exceed a limit.</exception>
    public static MatFile Read(ReadOnlyMemory<byte> bytes, string name) => new MatFileReader(bytes, name).Read();
}
